package io.triggerquery.producer.internal.spool;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a spool has reported. */
final class RecordingListener implements SpoolListener {

    final List<String> reported = new CopyOnWriteArrayList<>();
    final List<Path> quarantined = new CopyOnWriteArrayList<>();

    @Override
    public void full(String reason) {
        reported.add("full");
    }

    @Override
    public void damaged(Path path) {
        reported.add("damaged");
        quarantined.add(path);
    }

    @Override
    public void logTooLong() {
        reported.add("logTooLong");
    }

    @Override
    public void failed(String reason) {
        reported.add("failed");
    }

    @Override
    public void recovered() {
        reported.add("recovered");
    }
}
