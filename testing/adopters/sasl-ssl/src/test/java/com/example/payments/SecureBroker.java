package com.example.payments;

import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/** A broker that accepts only the user "payments", over TLS. */
final class SecureBroker {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"broker\" password=\"secret\" user_broker=\"secret\" user_payments=\"payments-secret\";";

    private final KafkaRaftServer server;
    private final int port = freePort();
    private final Path trustStore;

    SecureBroker(Path directory) throws Exception {
        Path keyStore = keyStore(directory);
        trustStore = trustStore(directory, keyStore);
        Properties settings = settings(directory, keyStore);
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        StorageTool.execute(
                new String[] {"format", "--config", file.toString(), "--cluster-id", "c2FzbC1zc2wtdGVzdC1pZA"},
                System.out);
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
    }

    private Properties settings(Path directory, Path keyStore) throws Exception {
        int controller = freePort();
        Properties settings = new Properties();
        settings.setProperty("node.id", "1");
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.setProperty("listeners", "SASL_SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        settings.setProperty("advertised.listeners", "SASL_SSL://127.0.0.1:" + port);
        settings.setProperty("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "SASL_SSL");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("sasl.enabled.mechanisms", "PLAIN");
        settings.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.setProperty("listener.name.sasl_ssl.plain.sasl.jaas.config", LOGIN);
        settings.setProperty("ssl.keystore.location", keyStore.toString());
        settings.setProperty("ssl.keystore.password", "password");
        settings.setProperty("ssl.truststore.location", trustStore.toString());
        settings.setProperty("ssl.truststore.password", "password");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("log.dir", directory.resolve("data").toString());
        return settings;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    String trustStore() {
        return trustStore.toString();
    }

    void stop() {
        server.shutdown();
    }

    private static Path keyStore(Path directory) throws Exception {
        Path store = directory.resolve("broker.p12");
        List<String> keytool = new ArrayList<>();
        keytool.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.addAll(List.of("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker"));
        keytool.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", "password"));
        keytool.addAll(List.of("-keystore", store.toString()));
        if (new ProcessBuilder(keytool).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return store;
    }

    private static Path trustStore(Path directory, Path keyStore) throws Exception {
        char[] password = "password".toCharArray();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "broker", KeyStore.getInstance(keyStore.toFile(), password).getCertificate("broker"));
        Path store = directory.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, password);
        }
        return store;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
