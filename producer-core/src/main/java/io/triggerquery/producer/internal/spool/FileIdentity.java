package io.triggerquery.producer.internal.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the file that a name refers to.
 *
 * @param key the file system's key of the file, or null if it has none
 */
record FileIdentity(@Nullable Object key, long size) {

    /** Returns the identity of the file that has this name now, or null if there is none. */
    static @Nullable FileIdentity of(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new FileIdentity(attributes.fileKey(), attributes.size());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    boolean isSameFile(@Nullable FileIdentity other) {
        return other != null && Objects.equals(key, other.key);
    }
}
