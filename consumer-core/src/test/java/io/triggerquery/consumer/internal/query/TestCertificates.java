package io.triggerquery.consumer.internal.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** A certificate authority and certificates signed by it, created with the JDK's keytool. */
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path store;

    TestCertificates(Path directory) {
        this.store = directory.resolve("certificates.p12");
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
    }

    /** Makes a key and a signed certificate for a name, such as {@code ip:127.0.0.1}. Returns its alias. */
    String signed(String alias, String name, String... validity) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
        arguments.addAll(List.of("-dname", "CN=" + alias, "-ext", "san=" + name, "-signer", "ca"));
        arguments.addAll(List.of(validity));
        keytool(arguments.toArray(String[]::new));
        return alias;
    }

    /** Returns a bundle that trusts the authority, with the key of an alias, or without one. */
    SslBundle bundle(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = load();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", all.getCertificate("ca"));
        if (alias == null) {
            return SslBundle.of(SslStoreBundle.of(null, null, trusted));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        char[] password = PASSWORD.toCharArray();
        keys.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        return SslBundle.of(SslStoreBundle.of(keys, PASSWORD, trusted));
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
