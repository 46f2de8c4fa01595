package io.triggerquery.producer.spool;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a directory, held by one spool of one process. It ends with the process, however that ends.
 *
 * <p>On Linux a process loses its lock when it closes any channel of the locked file. So the lock file is opened in one
 * place only, after a look at what this process holds, and who owns it is written to another file.
 */
final class SpoolOwner implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private SpoolOwner(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Takes the directory, or says who has it. */
    static SpoolOwner take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw inUse(real);
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(real.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(real);
            }
            Files.writeString(real.resolve("owner.txt"), self());
            taken = true;
            return new SpoolOwner(real, channel);
        } finally {
            if (!taken) {
                HELD.remove(real);
                close(channel);
            }
        }
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private static SpoolException inUse(Path directory) {
        return new SpoolException("The spool of triggers in " + directory + " is in use by " + owner(directory)
                + ": stop that process, or give this one its own " + SpoolSettings.PROPERTIES + "directory");
    }

    private static String owner(Path directory) {
        try {
            return Files.readString(directory.resolve("owner.txt")).strip();
        } catch (IOException e) {
            return "another process";
        }
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid() + " on " + host() + " since " + Instant.now() + "\n";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "an unknown host";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(directory);
    }
}
