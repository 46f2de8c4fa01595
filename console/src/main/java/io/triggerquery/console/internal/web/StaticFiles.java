package io.triggerquery.console.internal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * The files of the page. All are in memory, so no path of a request ever reaches a file system.
 *
 * <p>Browsers keep them and ask each time whether they are still right, so a new version is used at once.
 */
final class StaticFiles {

    private static final String FOLDER = "/io/triggerquery/console/files/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml",
            "txt", "text/plain;charset=UTF-8");

    private final Map<String, StaticFile> byName = new HashMap<>();

    private record StaticFile(String type, byte[] bytes, byte[] compressed, String tag) {}

    /** Reads the files. */
    StaticFiles() {
        try {
            var resolver = new PathMatchingResourcePatternResolver(StaticFiles.class.getClassLoader());
            for (Resource resource : resolver.getResources("classpath:" + FOLDER.substring(1) + "**/*.*")) {
                String address = resource.getURL().toString();
                String name = address.substring(address.lastIndexOf(FOLDER) + FOLDER.length());
                byName.put(name, file(name, resource.getContentAsByteArray()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static StaticFile file(String name, byte[] bytes) throws IOException {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        return new StaticFile(type, bytes, compressed(bytes), '"' + digest(bytes) + '"');
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(compressed)) {
            stream.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns a file.
     *
     * @param known the tags that the browser has, or null
     * @param encodings the encodings that it takes, or null
     */
    @Nullable
    Reply get(String name, @Nullable String known, @Nullable String encodings) {
        StaticFile file = byName.get(name);
        if (file == null) {
            return null;
        }
        boolean compress = encodings != null && encodings.contains("gzip");
        // weak, since both encodings have it
        String tag = "W/" + file.tag();
        boolean isKnown = known != null && known.contains(file.tag());
        var reply = new Reply(
                HttpStatusCode.valueOf(isKnown ? 304 : 200),
                new HttpHeaders(),
                compress ? file.compressed() : file.bytes());
        reply.with(HttpHeaders.CONTENT_TYPE, file.type())
                .with(HttpHeaders.CACHE_CONTROL, "no-cache")
                .with(HttpHeaders.VARY, "Accept-Encoding")
                .with(HttpHeaders.ETAG, tag);
        return compress ? reply.with(HttpHeaders.CONTENT_ENCODING, "gzip") : reply;
    }
}
