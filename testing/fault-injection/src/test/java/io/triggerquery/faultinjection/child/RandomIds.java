package io.triggerquery.faultinjection.child;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Returns mostly new ids, since a lost trigger is visible only for the last change of an id. The others were used
 * recently, so that a change may occur while its predecessor's trigger is being sent.
 */
final class RandomIds {

    private static final int FRESH_PERCENT = 80;
    private static final int RECENT = 200;
    private static final int MAX_IDS = 3;

    private final String origin;
    private final AtomicLong last = new AtomicLong();

    /** Creates ids that begin with the origin, which is unique to this process. */
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

    /** Returns a few ids in an order without deadlocks, sometimes one of them twice. */
    List<String> some() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<String> some = new ArrayList<>();
        for (int remaining = random.nextInt(1, MAX_IDS + 1); remaining > 0; remaining--) {
            some.add(next());
        }
        if (random.nextInt(100) < 5) {
            some.add(some.get(0));
        }
        Collections.sort(some);
        return some;
    }
}
