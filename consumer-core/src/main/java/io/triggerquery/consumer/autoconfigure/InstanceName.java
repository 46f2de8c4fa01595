package io.triggerquery.consumer.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names this instance for the others of its group: by its host, and by a random part, since names of hosts repeat. */
final class InstanceName {

    private static final int RANDOM_LENGTH = 8;

    private InstanceName() {}

    static String create() {
        String random = UUID.randomUUID().toString().substring(0, RANDOM_LENGTH);
        return host() + "-" + random;
    }

    private static String host() {
        String given = System.getenv("HOSTNAME"); // as containers have it; it needs no lookup
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "instance";
        }
    }
}
