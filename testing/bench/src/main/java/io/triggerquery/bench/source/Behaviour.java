package io.triggerquery.bench.source;

import io.triggerquery.bench.id.PaymentIds;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the source answers, and how often it has been called.
 *
 * <p>Threads: one. Bounds: a bit for each id.
 */
final class Behaviour {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LONGEST_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Set<Integer> stuck = new HashSet<>();
    private final BitSet answered = new BitSet();
    private long latencyNanos;
    private boolean down;
    private Fault fault = Fault.NONE;
    private long version = 1;
    private long calls;
    private long ids;
    private long failed;
    private long again;

    /**
     * Changes the named settings, and leaves the others unchanged.
     *
     * @throws RuntimeException if a name or a value is wrong; only the settings before it have then been changed
     */
    void change(Map<String, List<String>> settings) {
        settings.forEach((name, values) -> change(name, values.get(0)));
    }

    private void change(String name, String value) {
        switch (name) {
            case "latencyMicros" -> latencyNanos = TimeUnit.MICROSECONDS.toNanos(latency(value));
            case "down" -> down = Boolean.parseBoolean(value);
            case "version" -> version = Long.parseLong(value);
            case "stuck" -> stick(value);
            case "fault" -> fault = JSON.readValue(value, Fault.class);
            default ->
                throw new IllegalArgumentException(
                        "There is no setting '" + name + "'; there are latencyMicros, down, version, stuck and fault.");
        }
    }

    private static long latency(String value) {
        long micros = Long.parseLong(value);
        if (micros < 0 || micros > LONGEST_LATENCY_MICROS) {
            throw new IllegalArgumentException(
                    "latencyMicros is " + micros + ", but must be 0 to " + LONGEST_LATENCY_MICROS);
        }
        return micros;
    }

    private void stick(String ids) {
        stuck.clear();
        if (ids.isEmpty()) {
            return;
        }
        for (String id : ids.split(",")) {
            int number = PaymentIds.number(id, 0, id.length());
            if (number == PaymentIds.NONE) {
                throw new IllegalArgumentException(
                        "'" + id + "' is no id; an id is like " + PaymentIds.PREFIX + "0000001");
            }
            stuck.add(number);
        }
    }

    long latencyNanos() {
        return latencyNanos;
    }

    boolean isDown() {
        return down;
    }

    long version() {
        return version;
    }

    boolean isStuck(int number) {
        return !stuck.isEmpty() && stuck.contains(number);
    }

    Fault fault() {
        return fault;
    }

    /** Counts a call. */
    void called() {
        calls++;
    }

    /** Counts a call that is answered with an error. */
    void failed() {
        failed++;
    }

    /** Counts an id whose state is sent. */
    void answered(int number) {
        ids++;
        if (answered.get(number)) {
            again++;
        } else {
            answered.set(number);
        }
    }

    /** Returns the counts since the last {@link #reset}. */
    Counts counts() {
        return new Counts(calls, ids, failed, again);
    }

    void reset() {
        calls = 0;
        ids = 0;
        failed = 0;
        again = 0;
        answered.clear();
    }
}
