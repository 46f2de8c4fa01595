package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.kafka.SimulatedAnswers;
import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** The broker, and the producer that a process sends with: when it answers what. */
final class SimulatedBroker {

    /** How it is with a destination's topic. */
    enum Health {
        WELL,
        /** It answers late. */
        SLOW,
        /** The producer knows no broker: a send holds its caller. */
        AWAY,
        /** It takes the connection and does not answer. */
        SILENT,
        /** One of the partitions has no leader. */
        PARTIAL,
        DENIED,
        /** It refuses every batch for the clock that stamped it. */
        WRONG_TIME
    }

    private record Pending(
            OutgoingTrigger trigger, CompletableFuture<SendOutcome> answer, SendOutcome outcome, long dueNanos) {}

    static final long MAX_BLOCK_NANOS = 1_000_000_000L;
    private static final long DELIVERY_TIMEOUT_NANOS = 4_500_000_000L;
    private static final long LINGER_NANOS = 5_000_000L;
    private static final int PARTITIONS = 3;

    private final SimulatedWorld world;
    final Map<String, Health> health = new TreeMap<>();
    final Set<Key> tooLarge = new HashSet<>();
    final Set<Key> everTooLarge = new HashSet<>();
    /** Whether an answer may get lost now and then. */
    boolean losesAnswers;

    SimulatedBroker(SimulatedWorld world) {
        this.world = world;
        world.scenario.destinations().forEach(destination -> health.put(destination, Health.WELL));
    }

    boolean isWell() {
        return !losesAnswers && tooLarge.isEmpty() && health.values().stream().allMatch(one -> one == Health.WELL);
    }

    /** Whether every send to a destination fails in the same way. */
    boolean isAwayAsAWhole(String destination) {
        Health now = health.get(destination);
        return now == Health.AWAY || now == Health.DENIED;
    }

    void heal() {
        health.replaceAll((destination, sick) -> Health.WELL);
        losesAnswers = false;
    }

    /** What a process sends with. */
    BatchDelivery connect(SimulatedProcess process, RelayWatch watch) {
        return (destination, batch) -> {
            watch.begins(destination, batch.size());
            // all answers are there when the last send of a batch returns
            return new Dispatch(new Connection(process, watch, batch), Duration.ofMinutes(1), world.time::now)
                    .deliver(destination, batch);
        };
    }

    private final class Connection implements TriggerSender {

        private final SimulatedProcess process;
        private final RelayWatch watch;
        private final List<Pending> pending = new ArrayList<>();
        private int expected;
        private boolean together;

        private Connection(SimulatedProcess process, RelayWatch watch, List<Claimed> batch) {
            this.process = process;
            this.watch = watch;
            this.expected = (int)
                    batch.stream().map(one -> one.trigger().id()).distinct().count();
            this.together = expected > 1;
        }

        @Override
        public Optional<CompletableFuture<SendOutcome>> sendAlone(OutgoingTrigger trigger, Duration atMost) {
            together = false;
            expected = 1;
            return Optional.of(send(trigger));
        }

        @Override
        public CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
            expected--;
            process.step();
            world.ledger.sending(trigger);
            watch.sends(trigger.destination());
            CompletableFuture<SendOutcome> answer = answer(trigger);
            if (answer.isDone() && !(answer.join() instanceof SendOutcome.Refused) || expected <= 0) {
                await();
            }
            process.step();
            return answer;
        }

        private CompletableFuture<SendOutcome> answer(OutgoingTrigger trigger) {
            Health now = health.get(trigger.destination());
            if (now == Health.AWAY) {
                world.saw(Happening.AWAY);
                world.time.passForTask(MAX_BLOCK_NANOS);
                return failed(new TimeoutException("no metadata"));
            }
            if (now == Health.DENIED) {
                world.saw(Happening.DENIED);
                return failed(new TopicAuthorizationException(trigger.destination()));
            }
            if (tooLarge.contains(trigger.key())) {
                world.saw(Happening.TOO_LARGE);
                return failed(new InvalidRecordException("for the simulation"));
            }
            CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
            pending.add(pending(trigger, answer, now));
            return answer;
        }

        private Pending pending(OutgoingTrigger trigger, CompletableFuture<SendOutcome> answer, Health now) {
            long asked = world.time.now();
            int partition = Math.floorMod(trigger.id().hashCode(), PARTITIONS);
            String part = "partition " + partition;
            boolean leaderless = now == Health.PARTIAL && partition == 0;
            if (leaderless || now == Health.SILENT) {
                world.saw(leaderless ? Happening.LEADERLESS : Happening.SILENT);
                var outcome = SimulatedAnswers.of(new TimeoutException("no answer"), part);
                return new Pending(trigger, answer, outcome, asked + DELIVERY_TIMEOUT_NANOS);
            }
            if (now == Health.WRONG_TIME) {
                world.saw(Happening.WRONG_TIME);
                var thrown = together
                        ? new InvalidRecordException("for the simulation")
                        : new InvalidTimestampException("for the simulation");
                return new Pending(trigger, answer, SimulatedAnswers.of(thrown, part), asked + LINGER_NANOS);
            }
            if (losesAnswers && world.random.nextInt(3) == 0) {
                world.saw(Happening.ANSWER_LOST);
                world.ledger.appended(trigger);
                var outcome = SimulatedAnswers.of(new TimeoutException("no answer"), part);
                return new Pending(trigger, answer, outcome, asked + DELIVERY_TIMEOUT_NANOS);
            }
            // a consumer may look before the producer hears of it
            world.ledger.appended(trigger);
            long late = now == Health.SLOW ? world.random.nextLong(DELIVERY_TIMEOUT_NANOS) : 0;
            return new Pending(trigger, answer, new SendOutcome.Acknowledged(part), asked + LINGER_NANOS + late);
        }

        private static CompletableFuture<SendOutcome> failed(Exception thrown) {
            return CompletableFuture.completedFuture(SimulatedAnswers.of(thrown, ""));
        }

        private void await() {
            List<Pending> awaited = new ArrayList<>(pending);
            pending.clear();
            awaited.sort(Comparator.comparingLong(Pending::dueNanos));
            for (Pending one : awaited) {
                world.time.passForTask(one.dueNanos() - world.time.now());
                process.step();
                if (one.outcome() instanceof SendOutcome.Acknowledged) {
                    watch.arrived(one.trigger());
                }
                one.answer().complete(one.outcome());
            }
        }
    }
}
