package io.triggerquery.bench.source;

import io.triggerquery.testbed.FreePorts;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import io.triggerquery.testbed.Patience;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A stub source in a separate process, which ends with this one. */
public final class SourceProcess implements AutoCloseable {

    private static final Jvm JVM = Jvm.of("-Xmx512m", "-XX:+UseSerialGC");

    private final int port = FreePorts.next();
    private final SourceControl control = new SourceControl(url());
    private final JavaProcess process;

    /**
     * Starts the process, and returns when it answers.
     *
     * @param log the file to which its output is appended
     */
    public SourceProcess(Path log) {
        process =
                JavaProcess.start(JVM.command(StubSourceMain.class, List.of(Integer.toString(port))), log, line -> {});
        Patience.until("the source answers, see " + log, this::answers);
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

    /** Returns its configuration client. */
    public SourceControl control() {
        return control;
    }

    @Override
    public void close() {
        process.kill();
    }
}
