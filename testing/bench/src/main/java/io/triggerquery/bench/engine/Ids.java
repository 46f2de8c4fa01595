package io.triggerquery.bench.engine;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Creates ids of payments, as in the workloads. */
final class Ids {

    private static final long SEED = 1;

    private Ids() {}

    /** Returns distinct ids. */
    static String[] distinct(int count) {
        return IntStream.range(0, count).mapToObj(Ids::id).toArray(String[]::new);
    }

    /** Returns ids drawn from this number of ids, the n-th with a probability of 1/n of the first's. */
    static String[] zipf(int count, int from) {
        double[] upTo = new double[from];
        double sum = 0;
        for (int i = 0; i < from; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        var random = new Random(SEED);
        String[] ids = distinct(from);
        return IntStream.range(0, count)
                .mapToObj(i -> ids[place(upTo, random.nextDouble() * upTo[from - 1])])
                .toArray(String[]::new);
    }

    private static int place(double[] upTo, double drawn) {
        int found = Arrays.binarySearch(upTo, drawn);
        return found < 0 ? -found - 1 : found;
    }

    private static String id(int number) {
        return String.format("payment-%07d", number + 1);
    }
}
