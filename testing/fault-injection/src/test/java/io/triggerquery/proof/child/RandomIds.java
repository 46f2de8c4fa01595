package io.triggerquery.proof.child;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mostly ids that were never used, as a lost trigger shows only on an id's last change; the others were used a moment
 * ago, so that a change may meet its predecessor's trigger on the way.
 */
final class RandomIds {

    private static final int FRESH_PERCENT = 80;
    private static final int RECENT = 200;
    private static final int MOST = 3;

    private final String origin;
    private final AtomicLong last = new AtomicLong();

    /** Its ids begin with the origin, which no other process has. */
    RandomIds(String origin) {
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(100) < FRESH_PERCENT || last.get() < RECENT) {
            return origin + "." + last.incrementAndGet();
        }
        return origin + "." + (last.get() - random.nextInt(RECENT));
    }

    /** A few in an order in which nobody's locks cross, sometimes one of them twice. */
    List<String> some() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<String> some = new ArrayList<>();
        for (int left = random.nextInt(1, MOST + 1); left > 0; left--) {
            some.add(next());
        }
        if (random.nextInt(100) < 5) {
            some.add(some.get(0));
        }
        Collections.sort(some);
        return some;
    }
}
