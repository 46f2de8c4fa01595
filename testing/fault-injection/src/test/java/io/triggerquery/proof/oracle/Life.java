package io.triggerquery.proof.oracle;

import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.journal.Entry;
import io.triggerquery.proof.journal.Entry.Answer;
import io.triggerquery.proof.journal.EntryLine;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import io.triggerquery.testbed.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One child from its start to its end. */
final class Life {

    private static final String REPORT_BEGINS = "{\"event\":\"" + UndeliveredReport.EVENT + "\"";
    private static final JsonMapper JSON = new JsonMapper();

    private final int number;
    private final Journal journal;
    private final Map<String, Long> reportedAt;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final JavaProcess process;

    Life(int number, List<String> command, Path log, Journal journal, Map<String, Long> reportedAt) {
        this.number = number;
        this.journal = journal;
        this.reportedAt = reportedAt;
        this.process = JavaProcess.start(command, log, this::read);
        await("ready");
    }

    static List<String> command(List<String> settings) {
        return Jvm.SMALL_AND_QUICK.command(Child.class, settings);
    }

    private void read(String line) {
        Optional<Entry> entry = EntryLine.parse(line);
        entry.ifPresent(told -> {
            if (told instanceof Answer answer) {
                answers.add(answer.text());
            } else {
                journal.add(number, told);
            }
        });
        int report = line.indexOf(REPORT_BEGINS);
        if (report >= 0) {
            JsonNode fields = JSON.readTree(line.substring(report));
            reportedAt.put(fields.get("id").asString(), System.currentTimeMillis());
        }
    }

    void go() {
        process.say("go");
    }

    void pause() {
        process.say("pause");
        await("paused");
    }

    /** How many triggers wait in it. */
    long waiting() {
        process.say("status");
        return Long.parseLong(next());
    }

    void stop() {
        process.say("stop");
        await("stopped");
        process.awaitEnd();
    }

    void kill() {
        process.kill();
    }

    private void await(String expected) {
        String answer = next();
        if (!answer.equals(expected)) {
            throw new IllegalStateException("the child answers " + answer + " and not " + expected);
        }
    }

    private String next() {
        Patience.until("child " + number + " answers", () -> !answers.isEmpty() || !process.isAlive());
        if (!process.isAlive()) {
            // its last words may still be on the way
            process.awaitEnd();
        }
        return Optional.ofNullable(answers.poll())
                .orElseThrow(() -> new IllegalStateException("child " + number + " has ended, see its log"));
    }
}
