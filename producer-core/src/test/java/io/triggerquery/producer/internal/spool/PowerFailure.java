package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the files that a power failure may leave behind at some point of a recording: everything that was synced, and
 * some of the remaining writes.
 */
final class PowerFailure {

    /** Which of the writes that were not synced reach the disk. */
    enum Rest {
        DROPPED,
        PREFIX,
        SUBSET,
        TORN
    }

    private static final int SECTOR = 512;

    private final Map<String, byte[]> before;
    private final List<DiskOperation> operations;

    PowerFailure(Map<String, byte[]> before, List<DiskOperation> operations) {
        this.before = before;
        this.operations = operations;
    }

    static Map<String, byte[]> filesOf(Path directory) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : List.of("triggers.db", "triggers.db-wal")) {
            if (Files.exists(directory.resolve(name))) {
                files.put(name, Files.readAllBytes(directory.resolve(name)));
            }
        }
        return files;
    }

    /** Writes the files as they may be if the power fails after {@code count} operations. */
    void leave(int count, Rest rest, Random random, Path directory) throws IOException {
        Map<String, FileImage> files = new TreeMap<>();
        before.forEach((name, content) -> files.put(name, new FileImage(content)));
        Map<String, List<DiskOperation>> pending = new TreeMap<>();
        Set<String> existing = new HashSet<>(before.keySet());
        for (DiskOperation operation : operations.subList(0, count)) {
            if (operation instanceof DiskOperation.Write write) {
                pending.computeIfAbsent(write.file(), name -> new ArrayList<>()).add(write);
            } else if (operation instanceof DiskOperation.Truncate truncate) {
                pending.computeIfAbsent(truncate.file(), name -> new ArrayList<>())
                        .add(truncate);
            } else if (operation instanceof DiskOperation.Sync sync) {
                // an empty name is the directory itself
                if (sync.file().isEmpty()) {
                    existing.addAll(pending.keySet());
                    existing.addAll(files.keySet());
                }
                List<DiskOperation> written = pending.getOrDefault(sync.file(), List.of());
                written.forEach(image(files, sync.file())::apply);
                pending.remove(sync.file());
            }
        }
        pending.forEach((name, unsynced) -> some(unsynced, rest, random).forEach(image(files, name)::apply));
        for (Map.Entry<String, FileImage> file : files.entrySet()) {
            boolean exists = existing.contains(file.getKey()) || rest != Rest.DROPPED;
            if (exists && List.of("triggers.db", "triggers.db-wal").contains(file.getKey())) {
                Files.write(directory.resolve(file.getKey()), file.getValue().content());
            }
        }
    }

    private static FileImage image(Map<String, FileImage> files, String name) {
        return files.computeIfAbsent(name, missing -> new FileImage(new byte[0]));
    }

    private static List<DiskOperation> some(List<DiskOperation> unsynced, Rest rest, Random random) {
        return switch (rest) {
            case DROPPED -> List.of();
            case PREFIX -> unsynced.subList(0, random.nextInt(unsynced.size() + 1));
            case SUBSET -> unsynced.stream().filter(one -> random.nextBoolean()).toList();
            case TORN ->
                torn(unsynced).stream().filter(one -> random.nextBoolean()).toList();
        };
    }

    private static List<DiskOperation> torn(List<DiskOperation> operations) {
        List<DiskOperation> torn = new ArrayList<>();
        for (DiskOperation operation : operations) {
            if (operation instanceof DiskOperation.Write write) {
                int from = 0;
                while (from < write.bytes().length) {
                    int to = (int) Math.min(write.bytes().length, from + SECTOR - (write.offset() + from) % SECTOR);
                    torn.add(new DiskOperation.Write(
                            write.file(), write.offset() + from, Arrays.copyOfRange(write.bytes(), from, to)));
                    from = to;
                }
            } else {
                torn.add(operation);
            }
        }
        return torn;
    }
}
