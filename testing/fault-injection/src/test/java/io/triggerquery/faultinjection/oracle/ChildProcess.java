package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.child.Child;
import io.triggerquery.faultinjection.journal.Entry;
import io.triggerquery.faultinjection.journal.Entry.Answer;
import io.triggerquery.faultinjection.journal.EntryLine;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.testbed.Await;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A child process from its start to its end. */
final class ChildProcess {

    private static final String REPORT_BEGINS = "{\"event\":\"" + UndeliveredReport.EVENT + "\"";
    private static final JsonMapper JSON = new JsonMapper();

    private final int number;
    private final Journal journal;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final JavaProcess process;

    /** Starts the child, and returns when it is ready. */
    ChildProcess(int number, Map<String, String> settings, Path log, Journal journal) {
        this.number = number;
        this.journal = journal;
        List<String> arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
        this.process = JavaProcess.start(Jvm.SMALL_AND_QUICK.command(Child.class, arguments), log, this::read);
        await("ready");
    }

    int number() {
        return number;
    }

    private void read(String line) {
        Optional<Entry> entry = EntryLine.parse(line);
        entry.ifPresent(received -> {
            if (received instanceof Answer answer) {
                answers.add(answer.text());
            } else {
                journal.add(number, received);
            }
        });
        int report = line.indexOf(REPORT_BEGINS);
        if (report >= 0) {
            JsonNode fields = JSON.readTree(line.substring(report));
            journal.reported(fields.get("id").asString());
        }
    }

    void go() {
        process.sendLine("go");
    }

    void pause() {
        process.sendLine("pause");
        await("paused");
    }

    /** Returns the number of its pending triggers. */
    long waiting() {
        process.sendLine("waiting");
        return Long.parseLong(next());
    }

    /** Returns the number of its parked triggers. */
    long parked() {
        process.sendLine("parked");
        return Long.parseLong(next());
    }

    void setClock(Duration ahead) {
        process.sendLine("clock " + ahead.toSeconds());
        await("set");
    }

    void stop() {
        process.sendLine("stop");
        await("stopped");
        process.awaitEnd();
    }

    void kill() {
        process.kill();
    }

    private void await(String expected) {
        String answer = next();
        if (!answer.equals(expected)) {
            throw new IllegalStateException("The child answered " + answer + " instead of " + expected);
        }
    }

    private String next() {
        Await.until("child " + number + " answers", () -> !answers.isEmpty() || !process.isAlive());
        if (!process.isAlive()) {
            // its last output may not have arrived yet
            process.awaitEnd();
        }
        return Optional.ofNullable(answers.poll())
                .orElseThrow(() -> new IllegalStateException("Child " + number + " has ended: see its log"));
    }
}
