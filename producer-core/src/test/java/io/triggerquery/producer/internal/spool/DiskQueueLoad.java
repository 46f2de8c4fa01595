package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how many triggers per second a disk queue accepts from 1, 8 and 64 threads, three times each, while a relay
 * deletes them.
 *
 * <p>Arguments: an empty directory, and the length of each run in seconds.
 */
final class DiskQueueLoad {

    private DiskQueueLoad() {}

    public static void main(String[] arguments) throws Exception {
        SpoolSettings settings = new SpoolSettings(
                Path.of(arguments[0]), 1_000_000, 1L << 30, Duration.ofSeconds(20), false, Duration.ZERO);
        long seconds = Long.parseLong(arguments[1]);
        try (DiskQueue queue = new DiskQueue(
                settings, Application.UNNAMED, SpoolListener.NONE, System::nanoTime, InstantSource.system())) {
            run(queue, 8, Math.min(5, seconds));
            for (int round = 0; round < 3; round++) {
                for (int threads : new int[] {1, 8, 64}) {
                    System.out.println(run(queue, threads, seconds));
                }
            }
        }
    }

    private static String run(DiskQueue queue, int threads, long seconds) throws Exception {
        DiskBuffer buffer = new DiskBuffer(queue, () -> {});
        ExecutorService executor = Executors.newFixedThreadPool(threads + 1);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Future<long[]>> calls = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String prefix = "payment-" + threads + "-" + thread + "-";
            calls.add(executor.submit(() -> publish(buffer, prefix, end)));
        }
        executor.submit(() -> {
            while (System.nanoTime() - end < 0) {
                List<Claimed> sent = queue.claim("bills", 500, Duration.ofSeconds(30));
                queue.done(sent);
            }
        });
        long[] nanos = new long[0];
        for (Future<long[]> call : calls) {
            long[] some = call.get();
            long[] all = Arrays.copyOf(nanos, nanos.length + some.length);
            System.arraycopy(some, 0, all, nanos.length, some.length);
            nanos = all;
        }
        executor.shutdown();
        Arrays.sort(nanos);
        return "%d threads: %,d/s, p50 %.2f ms, p99 %.2f ms, spool %,d KiB"
                .formatted(
                        threads,
                        nanos.length / seconds,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[nanos.length * 99 / 100] / 1e6,
                        queue.bytes() / 1024);
    }

    private static long[] publish(DiskBuffer buffer, String prefix, long end) {
        long[] nanos = new long[1_000_000];
        int count = 0;
        while (System.nanoTime() - end < 0 && count < nanos.length) {
            long start = System.nanoTime();
            Receipt receipt = buffer.keep(List.of(OutgoingTrigger.of("bills", prefix + count)));
            nanos[count++] = System.nanoTime() - start;
            if (!(receipt instanceof Receipt.OnDisk)) {
                throw new IllegalStateException(receipt.toString());
            }
        }
        return Arrays.copyOf(nanos, count);
    }
}
