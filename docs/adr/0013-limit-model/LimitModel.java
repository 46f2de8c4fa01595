import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A source of eight servers and one queue, in virtual time: 400 calls a second of others, and a listener with a backlog
 * that keeps as many calls in flight as its limit allows. Two minutes, of which the first 40 s do not count.
 *
 * <pre>java -cp concurrency-limits-core-0.5.2.jar:slf4j-api-2.0.18.jar LimitModel.java</pre>
 */
final class LimitModel {

    private static final int SERVERS = 8;
    private static final double OTHERS_EVERY_MILLIS = 2.5;
    private static final long WARM_NANOS = 40_000_000_000L;
    private static final long END_NANOS = 120_000_000_000L;

    private record Call(long sentAt, boolean ours) {}

    private record Event(long at, Runnable happens) {}

    private final Random random = new Random(1);
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final List<Long> ours = new ArrayList<>();
    private final List<Long> others = new ArrayList<>();
    private final Limit limit;
    private final double serviceMillis;
    private long now;
    private int busy;
    private int inFlight;

    private LimitModel(Limit limit, double serviceMillis) {
        this.limit = limit;
        this.serviceMillis = serviceMillis;
    }

    public static void main(String[] args) {
        for (double serviceMillis : new double[] {5, 10}) {
            for (int fixed : new int[] {4, 16, 64, 256}) {
                new LimitModel(FixedLimit.of(fixed), serviceMillis).run("fixed " + fixed);
            }
            new LimitModel(
                            Gradient2Limit.newBuilder()
                                    .initialLimit(16)
                                    .minLimit(1)
                                    .maxConcurrency(256)
                                    .build(),
                            serviceMillis)
                    .run("gradient2");
            new LimitModel(VegasLimit.newBuilder().initialLimit(16).maxConcurrency(256).build(), serviceMillis)
                    .run("vegas");
        }
    }

    private void run(String name) {
        events.add(new Event(0, this::otherCalls));
        while (now < END_NANOS) {
            Event event = events.remove();
            now = event.at();
            event.happens().run();
            for (; inFlight < limit.getLimit(); inFlight++) {
                waiting.add(new Call(now, true));
            }
            for (; busy < SERVERS && !waiting.isEmpty(); busy++) {
                Call call = waiting.remove();
                events.add(new Event(now + exponential(serviceMillis), () -> answered(call)));
            }
        }
        Collections.sort(ours);
        Collections.sort(others);
        System.out.printf(
                "%-9s | %2.0f ms | %4.0f/s | %5.1f ms | %5.1f ms | %5.1f ms%n",
                name,
                serviceMillis,
                ours.size() / ((END_NANOS - WARM_NANOS) / 1e9),
                quantile(ours, 50),
                quantile(others, 50),
                quantile(others, 99));
    }

    private void otherCalls() {
        waiting.add(new Call(now, false));
        events.add(new Event(now + exponential(OTHERS_EVERY_MILLIS), this::otherCalls));
    }

    private void answered(Call call) {
        busy--;
        long took = now - call.sentAt();
        if (call.ours()) {
            limit.onSample(call.sentAt(), took, inFlight, false);
            inFlight--;
        }
        if (now > WARM_NANOS) {
            (call.ours() ? ours : others).add(took);
        }
    }

    private long exponential(double meanMillis) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanMillis * 1e6);
    }

    private static double quantile(List<Long> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100) / 1e6;
    }
}
