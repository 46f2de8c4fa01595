package io.triggerquery.ctl.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds the lock file of a disk queue, as its application does, and writes the holder to a file beside it. */
final class SpoolLock implements AutoCloseable {

    private static final String FILE = "spool.lock";
    private static final String OWNER = "owner.txt";

    private final FileChannel channel;

    private SpoolLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock; throws if another process holds it. */
    static SpoolLock take(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (locked(channel)) {
                Files.writeString(
                        directory.resolve(OWNER),
                        "triggerctl, process " + ProcessHandle.current().pid() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
                return new SpoolLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new SourceException("cannot lock " + file + ": " + e, e);
        }
        throw new SourceException(directory + " is in use by " + owner(directory)
                + ": stop it, or use its actuator endpoint triggerproducer");
    }

    private static String owner(Path directory) {
        try {
            return Files.readString(directory.resolve(OWNER)).strip();
        } catch (IOException e) {
            return "another process";
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SourceException("cannot release the lock: " + e, e);
        }
    }
}
