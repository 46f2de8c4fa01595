package io.triggerquery.consumer.internal.monitor;

/** Wilson's score interval of a share, at 95 % confidence. */
final class Wilson {

    private static final double Z = 1.959964; // of the normal distribution, 2.5 % at each side

    private Wilson() {}

    /**
     * Returns the lower bound of the share of successes.
     *
     * @param successes from 0 to trials
     * @param trials 0 or more; without any, the bound is 0
     */
    static double lowerBound(long successes, long trials) {
        if (trials == 0) {
            return 0;
        }
        double share = (double) successes / trials;
        double z2 = Z * Z / trials;
        double margin = Z * Math.sqrt((share * (1 - share) + z2 / 4) / trials);
        return Math.max(0, (share + z2 / 2 - margin) / (1 + z2));
    }
}
