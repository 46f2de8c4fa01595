package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Fault;
import io.triggerquery.bench.source.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The workloads with faults: for every id, for calls with many ids, or for some ids while others succeed. */
final class Troubles {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration LONGER = Duration.ofSeconds(45);

    private static final List<Workload> ALL = List.of(
            everyId("W10-projection", "the projection fails for every id, ", new Disturbance.OfProjection(), 50_000),
            everyCall("W10-401", "401 for every call, ", Reply.UNAUTHORIZED),
            everyCall("W10-403", "403 for every call, ", Reply.FORBIDDEN),
            everyCall("W10-404", "404 for every call, ", Reply.NOT_FOUND),
            everyCall("W10-500", "500 for every call, ", Reply.SERVER_ERROR),
            everyCall("W10-login", "a login page with 200 for every call, ", Reply.LOGIN_PAGE),
            deferred(),
            heavy("W11-504", "504 for", Reply.TIMEOUT),
            heavy("W11-500", "500 for", Reply.SERVER_ERROR),
            heavy("W11-413", "413 for", Reply.TOO_LARGE),
            heavy("W11-hangs", "no answer to", Reply.NONE),
            beside("W12-burst", new Course(40_000, 50, Duration.ofMillis(50), Duration.ofSeconds(95))),
            beside("W12-one", new Course(1, 500, Workloads.LATENCY, HALF_A_MINUTE)));

    private Troubles() {}

    /** Returns all workloads with faults, in the order in which they run. */
    static List<Workload> all() {
        return ALL;
    }

    private static Workload everyId(String name, String what, Disturbance disturbance, int ids) {
        return new Trouble(
                name,
                what + String.format("%,d ids, 30 s, 5 ms", ids),
                disturbance,
                Course.of(ids, HALF_A_MINUTE),
                true,
                Map.of());
    }

    private static Workload everyCall(String name, String what, Reply reply) {
        return everyId(name, what, new Disturbance.OfSource(Fault.ofAll(reply)), 20_000);
    }

    private static Workload deferred() {
        return new Trouble(
                "W10-422-deferred",
                "422 for every call, 3,000 ids, 45 s, 5 ms; ours defers at once",
                new Disturbance.OfSource(Fault.ofAll(Reply.UNPROCESSABLE)),
                Course.of(3_000, LONGER),
                true,
                Map.of("triggerquery.defaults.defer-after", "0s"));
    }

    private static Workload heavy(String name, String what, Reply reply) {
        return new Trouble(
                name,
                what + " calls with more than 20 ids, for good; 2,000 ids, 5 ms; waited for 45 s",
                new Disturbance.OfSource(Fault.ofLarge(20, reply)),
                Course.of(2_000, LONGER),
                false,
                Map.of());
    }

    private static Workload beside(String name, Course course) {
        return new Trouble(
                name,
                String.format(
                        "422 for each of %,d ids, beside %d live ones a second; %d s, %d ms",
                        course.ids(),
                        course.livePerSecond(),
                        course.length().toSeconds(),
                        course.latency().toMillis()),
                new Disturbance.OfSource(Fault.ofIds(course.first(), course.last(), Reply.UNPROCESSABLE)),
                course,
                true,
                Map.of());
    }
}
