package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a directory, held by one spool of one process. It ends with the process, also after a kill.
 *
 * <p>On Linux a process loses its lock when it closes any channel of the locked file. So the lock file is opened in one
 * place only, after a check of the locks of this process, and the owner is recorded in another file.
 */
final class SpoolOwner implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private FileChannel channel;
    private @Nullable FileIdentity identity;

    private SpoolOwner(Path directory, FileChannel channel) throws IOException {
        this.directory = directory;
        this.channel = channel;
        this.identity = FileIdentity.of(lockFile(directory));
    }

    /** Locks the directory, or throws an exception that names its owner. */
    static SpoolOwner take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new SpoolException(
                    "The spool of triggers in " + real + " is in use by another application context of this"
                            + " process: close that one first, or give this one its own " + SpoolSettings.PROPERTIES
                            + "directory");
        }
        boolean taken = false;
        try {
            SpoolOwner owner = new SpoolOwner(real, lock(real));
            taken = true;
            return owner;
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    static Path lockFile(Path directory) {
        return directory.resolve("spool.lock");
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = PrivateFiles.open(lockFile(directory));
        boolean taken = false;
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory);
            }
            PrivateFiles.write(directory.resolve("owner.txt"), self());
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Locks the directory again if the lock file was removed, or throws an exception that names the new owner. */
    void renew() throws IOException {
        FileIdentity now = FileIdentity.of(lockFile(directory));
        if (now != null && now.isSameFile(identity)) {
            return;
        }
        FileChannel newChannel = lock(directory);
        // the old file has no name, so closing it does not release the new lock
        channel.close();
        channel = newChannel;
        identity = FileIdentity.of(lockFile(directory));
    }

    private static SpoolException inUse(Path directory) {
        return new SpoolException("The spool of triggers in " + directory + " is in use by " + owner(directory)
                + ": stop it or use its actuator endpoint triggerproducer; each instance of an application needs its own "
                + SpoolSettings.PROPERTIES + "directory");
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
