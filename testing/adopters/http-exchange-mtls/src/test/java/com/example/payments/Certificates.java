package com.example.payments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of the server and one of the client; each trusts the other. */
final class Certificates {

    private static final char[] PASSWORD = "password".toCharArray();

    private final Path directory;
    private final KeyStore server;
    private final KeyStore client;

    Certificates(Path directory) throws Exception {
        this.directory = directory;
        server = create("server");
        client = create("client");
        write("ca.crt", "CERTIFICATE", server.getCertificate("server").getEncoded());
        write("tls.crt", "CERTIFICATE", client.getCertificate("client").getEncoded());
        write("tls.key", "PRIVATE KEY", client.getKey("client", PASSWORD).getEncoded());
    }

    SSLContext ofServer() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.getCertificate("client"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    private KeyStore create(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        List<String> keytool = new ArrayList<>();
        keytool.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name));
        keytool.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", "password"));
        keytool.addAll(List.of("-keystore", store.toString()));
        if (new ProcessBuilder(keytool).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private void write(String file, String type, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
