package io.triggerquery.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** The files of a client's certificate, as they are mounted into a container: ca.crt, tls.crt and tls.key. */
final class TlsFiles {

    private static final String PASSWORD = "password";

    private TlsFiles() {}

    /** Makes the files in a directory, unless they exist, and returns it. */
    static String in(Path directory) {
        if (!Files.exists(directory.resolve("tls.key"))) {
            try {
                write(directory);
            } catch (IOException | GeneralSecurityException | InterruptedException failure) {
                throw new AssertionError("The certificate cannot be made", failure);
            }
        }
        return directory.toString();
    }

    private static void write(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("certificate.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "client",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=client",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate("client").getEncoded();
        write(directory.resolve("ca.crt"), "CERTIFICATE", certificate);
        write(directory.resolve("tls.crt"), "CERTIFICATE", certificate);
        write(
                directory.resolve("tls.key"),
                "PRIVATE KEY",
                keys.getKey("client", PASSWORD.toCharArray()).getEncoded());
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
