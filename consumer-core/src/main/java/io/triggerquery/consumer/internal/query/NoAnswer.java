package io.triggerquery.consumer.internal.query;

import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.net.MalformedURLException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;

/** Recognizes the exceptions of connections that failed, broke or timed out. */
final class NoAnswer {

    /** Exceptions of files, and of content that was received but cannot be read. */
    private static final Set<Class<? extends IOException>> OTHER = Set.of(
            CharacterCodingException.class,
            CharConversionException.class,
            FileNotFoundException.class,
            FileSystemException.class,
            MalformedURLException.class,
            ObjectStreamException.class,
            ZipException.class);

    /** Time-outs of libraries that are no dependencies. */
    private static final Set<String> TIME_OUTS = Set.of(
            "io.netty.handler.timeout.ReadTimeoutException",
            "io.netty.handler.timeout.WriteTimeoutException",
            "org.apache.hc.core5.concurrent.TimeoutException");

    private NoAnswer() {}

    static boolean is(Throwable failure) {
        if (failure instanceof IOException) {
            return OTHER.stream().noneMatch(type -> type.isInstance(failure)) && !Unreadable.isOfJackson(failure);
        }
        return failure instanceof TimeoutException
                || failure instanceof UnresolvedAddressException
                || TIME_OUTS.contains(failure.getClass().getName());
    }
}
