package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** Free ports for the parts that a test starts. */
final class FreePorts {

    private static final int ATTEMPTS = 5;

    private FreePorts() {}

    static Map<String, String> asEnvironment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (PartName part : PartName.values()) {
            environment.put("DEMO_" + part.name() + "_PORT", Integer.toString(freePort()));
        }
        return environment;
    }

    // the broker also uses the next port
    private static int freePort() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int number = socket.getLocalPort();
                if (number < 65_534 && new Port(number + 1).isFree()) {
                    return number;
                }
            }
        }
        throw new IOException("no free port");
    }
}
