package io.triggerquery.bench.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * A self-signed certificate of the loopback address, with its key, made by the JDK's keytool.
 *
 * @param store a PKCS12 file with the key and the certificate
 */
public record Certificate(Path store) {

    private static final String ALIAS = "source";
    private static final String PASSWORD = "changeit"; // of a key that only this run trusts

    /** Makes a certificate in a directory. */
    public static Certificate in(Path directory) {
        Path store = directory.resolve("source.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command =
                new ProcessBuilder(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=source");
        command.command().addAll(List.of("-ext", "san=ip:127.0.0.1"));
        command.command().addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.command().addAll(List.of("-keystore", store.toString()));
        try {
            int exit = command.inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("keytool ended with " + exit);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool runs", interrupted);
        }
        return new Certificate(store);
    }

    /** Returns the key and the certificate, for a server. */
    public KeyManagerFactory keys() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(), PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(store + " cannot be read", failure);
        }
    }

    /** Writes the certificate to a file as PEM, for a client that trusts it, and returns the file. */
    public Path trusted() {
        Path file = store.resolveSibling("source.pem");
        try {
            byte[] encoded = load().getCertificate(ALIAS).getEncoded();
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(file + " cannot be written", failure);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
