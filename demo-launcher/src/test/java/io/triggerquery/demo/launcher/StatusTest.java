package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.PidFile;
import io.triggerquery.testbed.process.ProcessId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {

    @Test
    void alignsNumbersToTheRightAndWordsToTheLeft(@TempDir Path root) throws IOException {
        Map<String, String> ports = FreePorts.asEnvironment();
        Demo demo = Demo.in(root, ports);
        new PidFile(demo.settings().pidFile(PartName.BILLING)).write(new ProcessId(4_711, Instant.EPOCH));
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            assertThat(new Status(demo).show()).isEqualTo(1);
        } finally {
            System.setOut(out);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "part      process  state                    address",
                        "billing            died (was process 4711)  http://127.0.0.1:"
                                + ports.get("DEMO_BILLING_PORT"),
                        "payment            stopped                  http://127.0.0.1:"
                                + ports.get("DEMO_PAYMENT_PORT"),
                        "Triggers are sent with --producer disk-queue");
    }
}
