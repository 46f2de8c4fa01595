package io.triggerquery.bench.workload;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** The triggers of a topic before a peer starts. */
sealed interface TopicLoad {

    int partitions();

    /** Returns the number of triggers. */
    int triggers();

    /** Returns the number of distinct ids, which are numbered from 1. */
    int ids();

    /** Returns the numbers of the ids, one for each trigger. */
    IntSupplier numbers();

    /** Each id once. */
    record Distinct(int partitions, int ids) implements TopicLoad {

        @Override
        public int triggers() {
            return ids;
        }

        @Override
        public IntSupplier numbers() {
            int[] last = {0};
            return () -> ++last[0];
        }
    }

    /** Each id several times, in the order of their numbers. */
    record Cycle(int partitions, int ids, int triggers) implements TopicLoad {

        @Override
        public IntSupplier numbers() {
            int[] last = {0};
            return () -> last[0] = last[0] % ids + 1;
        }
    }

    /** Ids that occur with a frequency of the inverse of their number, always in the same random order. */
    record Zipf(int partitions, int ids, int triggers) implements TopicLoad {

        private static final long SEED = 20_240_601;

        @Override
        public IntSupplier numbers() {
            double[] upTo = new double[ids];
            double sum = 0;
            for (int number = 1; number <= ids; number++) {
                sum += 1.0 / number;
                upTo[number - 1] = sum;
            }
            SplittableRandom random = new SplittableRandom(SEED);
            double all = sum;
            return () -> 1 + firstAbove(upTo, random.nextDouble() * all);
        }

        private static int firstAbove(double[] upTo, double value) {
            int low = 0;
            int high = upTo.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (upTo[middle] > value) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }
}
