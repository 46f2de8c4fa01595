package io.triggerquery.producer.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The configuration of a process.
 *
 * @param chains the strategy and the fallbacks of each destination
 * @param drained unused strategies whose stores are sent
 */
record Setup(Map<String, List<Kind>> chains, Set<Kind> drained) {

    static Setup draw(SplittableRandom random, List<String> destinations) {
        Kind disk = random.nextBoolean() ? Kind.DISK : Kind.DISK_WITH_INTENT;
        List<Kind> all = chain(random, disk);
        Map<String, List<Kind>> chains = new TreeMap<>();
        for (String destination : destinations) {
            chains.put(destination, random.nextInt(4) == 0 ? chain(random, disk) : all);
        }
        return new Setup(chains, Set.of());
    }

    private static List<Kind> chain(SplittableRandom random, Kind disk) {
        return switch (random.nextInt(10)) {
            case 0 -> List.of(Kind.RETRY);
            case 1, 2 -> List.of(Kind.MEMORY);
            case 3, 4, 5 -> List.of(disk);
            case 6 -> List.of(disk, Kind.MEMORY);
            case 7 -> List.of(Kind.MEMORY, disk);
            default -> List.of(Kind.OUTBOX);
        };
    }

    Set<Kind> used() {
        Set<Kind> used = EnumSet.noneOf(Kind.class);
        chains.values().forEach(used::addAll);
        used.addAll(drained);
        return used;
    }

    Setup draining(Kind left) {
        Set<Kind> more = EnumSet.of(left);
        more.addAll(drained);
        return new Setup(chains, more);
    }
}
