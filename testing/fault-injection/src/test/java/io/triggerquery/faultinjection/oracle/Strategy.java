package io.triggerquery.faultinjection.oracle;

import static io.triggerquery.faultinjection.oracle.Fault.BROKER_AWAY;
import static io.triggerquery.faultinjection.oracle.Fault.BROKER_AWAY_AND_KILL;
import static io.triggerquery.faultinjection.oracle.Fault.BROKER_KILLED;
import static io.triggerquery.faultinjection.oracle.Fault.CLOCK_AHEAD;
import static io.triggerquery.faultinjection.oracle.Fault.COMMIT_ANSWER_LOST;
import static io.triggerquery.faultinjection.oracle.Fault.COMMIT_LATE;
import static io.triggerquery.faultinjection.oracle.Fault.DISK_FULL;
import static io.triggerquery.faultinjection.oracle.Fault.KILL;
import static io.triggerquery.faultinjection.oracle.Fault.NONE;
import static io.triggerquery.faultinjection.oracle.Fault.PARTLY_AWAY;
import static io.triggerquery.faultinjection.oracle.Fault.QUEUE_FULL;
import static io.triggerquery.faultinjection.oracle.Fault.RELAY_DIES;
import static io.triggerquery.faultinjection.oracle.Fault.RESTART_IN_OUTAGE;
import static io.triggerquery.faultinjection.oracle.Fault.STRATEGY_CHANGE;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A strategy, as a row of the table.
 *
 * @param settings the producer's settings, without the common prefix
 * @param faults the faults that apply to it
 * @param admitted the window in which it may lose triggers without a report
 */
public record Strategy(String name, Map<String, String> settings, Set<Fault> faults, Window admitted) {

    private static final String OUTBOX = "outbox";

    private static final Set<Fault> ALWAYS = EnumSet.of(
            NONE,
            KILL,
            BROKER_AWAY,
            BROKER_AWAY_AND_KILL,
            BROKER_KILLED,
            RESTART_IN_OUTAGE,
            STRATEGY_CHANGE,
            PARTLY_AWAY,
            COMMIT_ANSWER_LOST,
            COMMIT_LATE);

    /** All strategies. */
    public static final List<Strategy> ALL = List.of(
            new Strategy("retry", Map.of("strategy", "retry"), and(CLOCK_AHEAD, QUEUE_FULL), Window.PENDING),
            new Strategy(
                    "memory-queue", Map.of("strategy", "memory-queue"), and(CLOCK_AHEAD, QUEUE_FULL), Window.PENDING),
            new Strategy(
                    "disk-queue",
                    Map.of("strategy", "disk-queue", "disk-queue.intent", "false"),
                    and(CLOCK_AHEAD, QUEUE_FULL, DISK_FULL),
                    Window.IN_FLIGHT),
            new Strategy(
                    "disk-queue-intent",
                    Map.of("strategy", "disk-queue", "disk-queue.intent", "true"),
                    and(CLOCK_AHEAD, QUEUE_FULL, DISK_FULL),
                    Window.NONE),
            new Strategy("relay", Map.of("strategy", "relay"), and(CLOCK_AHEAD, QUEUE_FULL, RELAY_DIES), Window.RECENT),
            new Strategy("registration", Map.of("strategy", "registration"), and(RELAY_DIES), Window.NONE),
            new Strategy(OUTBOX, Map.of("strategy", OUTBOX), and(CLOCK_AHEAD), Window.NONE));

    private static Set<Fault> and(Fault... more) {
        EnumSet<Fault> faults = EnumSet.copyOf(ALWAYS);
        faults.addAll(List.of(more));
        return faults;
    }

    boolean needsRelayService() {
        return faults.contains(RELAY_DIES);
    }

    /** Returns another strategy, with another store. */
    Strategy successor() {
        return of(name.equals(OUTBOX) ? "disk-queue-intent" : OUTBOX);
    }

    /** Returns the strategy of this name. */
    public static Strategy of(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no strategy " + name + " among " + ALL));
    }

    @Override
    public String toString() {
        return name;
    }
}
