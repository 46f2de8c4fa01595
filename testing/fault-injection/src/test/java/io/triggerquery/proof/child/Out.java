package io.triggerquery.proof.child;

import io.triggerquery.proof.journal.Entry;
import io.triggerquery.proof.journal.EntryLine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells the parent. What was written outlives a SIGKILL: it is in the kernel's pipe. Each line is one write of less than
 * what a pipe takes at once, so that the lines of the log cannot get into it.
 */
final class Out {

    private final FileOutputStream stream = new FileOutputStream(FileDescriptor.out);

    void tell(Entry entry) {
        try {
            stream.write((EntryLine.format(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException parentIsGone) {
            throw new UncheckedIOException(parentIsGone);
        }
    }
}
