package io.triggerquery.bench.source;

import io.triggerquery.testbed.Await;
import io.triggerquery.testbed.FreePorts;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A stub source in a separate process, which ends with this one. */
public final class SourceProcess implements AutoCloseable {

    private static final Jvm JVM = Jvm.of("-Xmx512m", "-XX:+UseSerialGC");

    private final int port = FreePorts.next();
    private final int securePort = FreePorts.next();
    private final Path certificate;
    private final SourceControl control = new SourceControl(url());
    private final JavaProcess process;

    /**
     * Starts the process, and returns when it answers.
     *
     * @param directory the directory of its log and its certificate
     */
    public SourceProcess(Path directory) {
        Path log = directory.resolve("source.log");
        Certificate made = Certificate.in(directory);
        certificate = made.trusted();
        List<String> arguments = List.of(
                Integer.toString(port),
                Integer.toString(securePort),
                made.store().toString());
        process = JavaProcess.start(JVM.command(StubSourceMain.class, arguments), log, line -> {});
        Await.until("the source answers, see " + log, this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the source has ended");
        }
        try {
            control.reset();
            control.counts(); // the first call takes long, and would delay calls that are measured
            return true;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** Returns its base address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns its base address with TLS. */
    public URI secureUrl() {
        return URI.create("https://127.0.0.1:" + securePort);
    }

    /** Returns a file with the certificate of {@link #secureUrl()}, as PEM. */
    public Path certificate() {
        return certificate;
    }

    /** Returns its configuration client. */
    public SourceControl control() {
        return control;
    }

    @Override
    public void close() {
        process.kill();
    }
}
