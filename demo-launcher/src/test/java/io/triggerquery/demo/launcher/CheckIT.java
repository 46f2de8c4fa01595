package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.PartState;
import io.triggerquery.demo.launcher.part.ProducerStrategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs all commands with the real servers and stand-ins for the services. */
@Timeout(240)
class CheckIT {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private Path root;
    private Demo demo;

    @BeforeEach
    void standIns(@TempDir Path directory) throws IOException {
        root = directory;
        demo = Demo.in(root, FreePorts.asEnvironment());
        writeJar("billing-demo");
        writeJar("payment-demo");
        writeJar("relay-service");
        PrintStream captured = new PrintStream(shown, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
    }

    @AfterEach
    void stop() {
        System.setOut(out);
        System.setErr(err);
        demo.current().parts().forEach(demo.control()::stop);
        out.println(shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void checkStartsAllPartsAndStopsThemAgain() {
        assertThat(run("--check", "--payments", "600", "--limit", "30")).isZero();
        assertThat(text())
                .contains("payment killed while triggers are being sent")
                .contains("600     600          0     0       n/a      n/a                  n/a")
                .contains("Every payment's projection equals its billing.");
        assertThat(demo.running()).isEmpty();
    }

    @Test
    void checkKeepsRunningPartsAndResetIsRefused() throws IOException {
        assertThat(run("up")).isZero();
        assertThat(run("status")).isZero();
        long before = pid(PartName.PAYMENT);
        assertThat(run("check", "--payments", "10", "--limit", "30")).isZero();
        assertThat(demo.running()).hasSize(4);
        assertThat(pid(PartName.PAYMENT)).isNotEqualTo(before);

        assertThat(run("reset")).isEqualTo(2);
        assertThat(text())
                .contains("Still running: broker, database, billing, payment. Stop them first with ./demo down");
        assertThat(run("kill", "billing")).isZero();
        assertThat(run("status")).isEqualTo(1);
        assertThat(demo.control().state(part(PartName.BILLING))).isInstanceOf(PartState.Died.class);
        assertThat(run("logs", "payment")).isZero();
        assertThat(text()).contains("profile demo");
        assertThat(run("down")).isZero();
        assertThat(demo.running()).isEmpty();
        assertThat(run("reset")).isZero();
        assertThat(Files.exists(demo.settings().data(PartName.DATABASE))).isFalse();
    }

    @Test
    void chosenStrategyWithRelayServiceIsKeptAfterAKill() {
        assertThat(run("--producer", "registration", "up")).isZero();
        assertThat(run("kill", "relay")).isZero();
        assertThat(run("kill", "payment")).isZero();
        assertThat(run("status")).isEqualTo(1);
        assertThat(text()).contains("Triggers are sent with --producer registration");
        assertThat(run("start", "payment")).isZero();
        assertThat(run("start", "relay")).isZero();
        assertThat(run("logs", "payment")).isZero();
        assertThat(text()).contains("profile demo, producer registration");

        assertThat(run("check", "--producer", "disk-queue")).isEqualTo(2);
        assertThat(text()).contains("relay, billing, payment run with --producer registration.");
        assertThat(run("check", "--kill", "relay", "--payments", "10", "--limit", "30"))
                .isZero();
        assertThat(run("down")).isZero();
        assertThat(demo.current().producer()).isEqualTo(ProducerStrategy.DISK_QUEUE);
        assertThat(run("start", "relay")).isEqualTo(2);
    }

    @Test
    void startedPartsAreStoppedWhenAServiceFailsToStart() throws IOException {
        Files.writeString(root.resolve("payment-demo/target/payment-demo.jar"), "no jar");
        assertThat(run("check")).isEqualTo(2);
        assertThat(text())
                .contains("While starting, the payment service ended. The last lines of ")
                .contains("corrupt jarfile");
        assertThat(demo.running()).isEmpty();
    }

    @Test
    void checksAnotherDeploymentWithCustomCommands() throws IOException {
        assertThat(run("start", "billing")).isZero();
        assertThat(run("start", "payment")).isZero();
        assertThat(run(
                        "check",
                        "--payments=10",
                        "--limit=30",
                        "--against",
                        demo.settings().url(PartName.BILLING),
                        demo.settings().url(PartName.PAYMENT),
                        "--kill-command",
                        "touch " + root.resolve("killed")))
                .isZero();
        assertThat(root.resolve("killed")).exists();
        assertThat(run("check", "--kill-command", "true")).isEqualTo(2);
        assertThat(run("check", "--payments", "0")).isEqualTo(2);
        assertThat(run("kill", "unknown")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return DemoLauncher.execute(demo, arguments);
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private Part part(PartName name) {
        return demo.part(name);
    }

    private long pid(PartName name) {
        return demo.control().running(part(name)).orElseThrow().pid();
    }

    private void writeJar(String artifact) throws IOException {
        Path jar = root.resolve(artifact).resolve("target").resolve(artifact + ".jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
        String entry = StandIn.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var content = getClass().getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.readAllBytes());
        }
    }
}
