package io.triggerquery.faultinjection.world;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that can be filled. Needs Linux and the superuser. */
public final class TinyDisk implements AutoCloseable {

    private final Path directory;

    /** Mounts the file system in this directory. */
    public TinyDisk(Path directory, String size) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()));
    }

    private static void run(List<String> command) {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " failed: it needs Linux and the superuser");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fills the file system completely. */
    public static void fill(Path directory) {
        try (OutputStream ballast = Files.newOutputStream(directory.resolve("ballast"))) {
            byte[] block = new byte[4096];
            while (true) {
                ballast.write(block);
            }
        } catch (IOException full) {
            // the file system is full
        }
    }

    @Override
    public void close() {
        run(List.of("umount", directory.toString()));
    }
}
