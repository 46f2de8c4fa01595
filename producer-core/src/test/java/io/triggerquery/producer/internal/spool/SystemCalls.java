package io.triggerquery.producer.internal.spool;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Records the system calls of SQLite. Its library hides its symbols, so a file system of our own cannot be registered. But
 * the tables of function pointers of SQLite and of the linker are in writable memory: each pointer to a recorded function
 * is replaced by a pointer to a recorder, which calls the original function.
 */
final class SystemCalls implements AutoCloseable {

    interface Recorder {
        void record(DiskOperation operation);
    }

    interface PwriteCall extends Callback {
        long call(int descriptor, Pointer buffer, long length, long offset);
    }

    interface WriteCall extends Callback {
        long call(int descriptor, Pointer buffer, long length);
    }

    interface TruncateCall extends Callback {
        int call(int descriptor, long length);
    }

    interface SyncCall extends Callback {
        int call(int descriptor);
    }

    private record Patch(Pointer place, Pointer original) {}

    private final Recorder recorder;
    private final Path directory;
    private final NativeLibrary libc = NativeLibrary.getInstance(null);
    private final List<Patch> patches = new ArrayList<>();
    // keeps the callbacks reachable, which the native side does not
    private final List<Callback> callbacks = new ArrayList<>();

    private SystemCalls(Path directory, Recorder recorder) {
        this.directory = directory;
        this.recorder = recorder;
    }

    /** Starts recording. Call it after SQLite has written and synced once, so that its system calls are linked. */
    static SystemCalls record(Path directory, Recorder recorder) throws IOException {
        SystemCalls calls = new SystemCalls(directory, recorder);
        int places = calls.patchWrites();
        if (places < 2 || calls.patchSyncs() == 0) {
            calls.close();
            throw new IllegalStateException("the system calls of SQLite were not found");
        }
        return calls;
    }

    static boolean areKnownHere() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return system.equals("Linux amd64") || system.equals("Linux aarch64");
    }

    private int patchWrites() throws IOException {
        Function pwrite = libc.getFunction("pwrite64");
        Function write = libc.getFunction("write");
        Function truncate = libc.getFunction("ftruncate64");
        PwriteCall onPwrite = (descriptor, buffer, length, offset) -> {
            long written = pwrite.invokeLong(new Object[] {descriptor, buffer, length, offset});
            if (written > 0) {
                note(new DiskOperation.Write(file(descriptor), offset, buffer.getByteArray(0, (int) written)));
            }
            return written;
        };
        WriteCall onWrite = (descriptor, buffer, length) -> {
            // SQLite normally uses pwrite; a plain write would be missing in the images
            throw new IllegalStateException("write() of " + file(descriptor));
        };
        TruncateCall onTruncate = (descriptor, length) -> {
            int result = truncate.invokeInt(new Object[] {descriptor, length});
            note(new DiskOperation.Truncate(file(descriptor), length));
            return result;
        };
        return patch(pwrite, onPwrite) + patch(truncate, onTruncate) + patch(write, onWrite);
    }

    private int patchSyncs() throws IOException {
        int places = 0;
        for (String name : List.of("fsync", "fdatasync")) {
            Function sync = libc.getFunction(name);
            SyncCall onSync = descriptor -> {
                int result = sync.invokeInt(new Object[] {descriptor});
                note(new DiskOperation.Sync(file(descriptor)));
                return result;
            };
            places += patch(sync, onSync);
        }
        return places;
    }

    private void note(DiskOperation operation) {
        recorder.record(operation);
    }

    private String file(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith(directory) ? directory.relativize(target).toString() : target.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int patch(Function function, Callback callback) throws IOException {
        callbacks.add(callback);
        long original = Pointer.nativeValue(function);
        Pointer replacement = CallbackReference.getFunctionPointer(callback);
        int places = 0;
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains("sqlitejdbc") && line.contains(" rw")) {
                String[] range = line.split("[- ]");
                long end = Long.parseUnsignedLong(range[1], 16);
                for (long at = Long.parseUnsignedLong(range[0], 16); at < end; at += Native.POINTER_SIZE) {
                    Pointer place = new Pointer(at);
                    if (place.getLong(0) == original) {
                        place.setPointer(0, replacement);
                        patches.add(new Patch(place, new Pointer(original)));
                        places++;
                    }
                }
            }
        }
        return places;
    }

    @Override
    public void close() {
        patches.forEach(patch -> patch.place().setPointer(0, patch.original()));
    }
}
