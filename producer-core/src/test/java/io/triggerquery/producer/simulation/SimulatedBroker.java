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

/** The broker and the Kafka producer of a process: decides when a send is answered, and how. */
final class SimulatedBroker {

    /** The condition of the topic of a destination. */
    enum Health {
        HEALTHY,
        /** The broker answers late. */
        SLOW,
        /** The producer reaches no broker, so a send blocks its caller. */
        AWAY,
        /** The broker accepts the connection and does not answer. */
        SILENT,
        /** One of the partitions has no leader. */
        PARTIAL,
        DENIED,
        /** The broker refuses every batch because of its timestamps. */
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
    /** Whether answers are lost at random. */
    boolean losesAnswers;

    SimulatedBroker(SimulatedWorld world) {
        this.world = world;
        world.scenario.destinations().forEach(destination -> health.put(destination, Health.HEALTHY));
    }

    boolean isHealthy() {
        return !losesAnswers && tooLarge.isEmpty() && health.values().stream().allMatch(one -> one == Health.HEALTHY);
    }

    /** Whether every send to a destination fails in the same way. */
    boolean isAwayAsAWhole(String destination) {
        Health now = health.get(destination);
        return now == Health.AWAY || now == Health.DENIED;
    }

    void endFaults() {
        health.replaceAll((destination, old) -> Health.HEALTHY);
        losesAnswers = false;
    }

    /** Returns the delivery of a process. */
    BatchDelivery connect(SimulatedProcess process, RelayWatch watch) {
        return (destination, batch) -> {
            watch.begins(destination, batch.size());
            // all answers are complete when the last send of a batch returns
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
                world.saw(SimulationEvent.AWAY);
                world.time.passForTask(MAX_BLOCK_NANOS);
                return failed(new TimeoutException("no metadata"));
            }
            if (now == Health.DENIED) {
                world.saw(SimulationEvent.DENIED);
                return failed(new TopicAuthorizationException(trigger.destination()));
            }
            if (tooLarge.contains(trigger.key())) {
                world.saw(SimulationEvent.TOO_LARGE);
                return failed(new InvalidRecordException("for the simulation"));
            }
            CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
            pending.add(pending(trigger, answer, now));
            return answer;
        }

        private Pending pending(OutgoingTrigger trigger, CompletableFuture<SendOutcome> answer, Health now) {
            long sent = world.time.now();
            int partition = Math.floorMod(trigger.id().hashCode(), PARTITIONS);
            String part = "partition " + partition;
            boolean leaderless = now == Health.PARTIAL && partition == 0;
            if (leaderless || now == Health.SILENT) {
                world.saw(leaderless ? SimulationEvent.LEADERLESS : SimulationEvent.SILENT);
                var outcome = SimulatedAnswers.of(new TimeoutException("no answer"), part);
                return new Pending(trigger, answer, outcome, sent + DELIVERY_TIMEOUT_NANOS);
            }
            if (now == Health.WRONG_TIME) {
                world.saw(SimulationEvent.WRONG_TIME);
                var thrown = together
                        ? new InvalidRecordException("for the simulation")
                        : new InvalidTimestampException("for the simulation");
                return new Pending(trigger, answer, SimulatedAnswers.of(thrown, part), sent + LINGER_NANOS);
            }
            if (losesAnswers && world.random.nextInt(3) == 0) {
                world.saw(SimulationEvent.ANSWER_LOST);
                world.ledger.appended(trigger);
                var outcome = SimulatedAnswers.of(new TimeoutException("no answer"), part);
                return new Pending(trigger, answer, outcome, sent + DELIVERY_TIMEOUT_NANOS);
            }
            // a consumer may query before the producer receives the answer
            world.ledger.appended(trigger);
            long late = now == Health.SLOW ? world.random.nextLong(DELIVERY_TIMEOUT_NANOS) : 0;
            return new Pending(trigger, answer, new SendOutcome.Acknowledged(part), sent + LINGER_NANOS + late);
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
