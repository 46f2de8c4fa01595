package io.triggerquery.faultinjection.child;

import io.triggerquery.faultinjection.journal.Entry;
import io.triggerquery.faultinjection.journal.EntryLine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reports entries to the parent. Written lines survive a SIGKILL, since they are in the kernel's pipe. Each line is one
 * atomic write to the pipe, so that lines of the log cannot interrupt it.
 */
final class Out {

    private final FileOutputStream stream = new FileOutputStream(FileDescriptor.out);

    void report(Entry entry) {
        try {
            stream.write((EntryLine.format(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException parentIsGone) {
            throw new UncheckedIOException(parentIsGone);
        }
    }
}
