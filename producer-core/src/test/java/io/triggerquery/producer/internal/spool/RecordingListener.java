package io.triggerquery.producer.internal.spool;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a spool has told. */
final class RecordingListener implements SpoolListener {

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Path> quarantined = new CopyOnWriteArrayList<>();

    @Override
    public void full(String reason) {
        told.add("full");
    }

    @Override
    public void damaged(Path path) {
        told.add("damaged");
        quarantined.add(path);
    }

    @Override
    public void logTooLong() {
        told.add("logTooLong");
    }

    @Override
    public void failed(String reason) {
        told.add("failed");
    }

    @Override
    public void recovered() {
        told.add("recovered");
    }
}
