package io.triggerquery.proof.world;

import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL, which each service reaches through a proxy that can lose the answers to its commits. */
public final class Database implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final CommitLoss loss = new CommitLoss();
    private final CommitLoss relayLoss = new CommitLoss();
    private final Proxy proxy;
    private final Proxy relayProxy;

    Database() {
        postgres = DurablePostgres.start();
        proxy = new Proxy(postgres.getPort(), loss);
        relayProxy = new Proxy(postgres.getPort(), relayLoss);
    }

    /** Makes an empty one of that name. */
    public void create(String name) {
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database \"" + name + "\"")
                .update();
    }

    /** Reaches it past the proxy. */
    public JdbcClient direct(String name) {
        return JdbcClient.create(postgres.getDatabase("postgres", name));
    }

    /** Where the business service reaches it. */
    public String url(String name) {
        return url(proxy, name);
    }

    /** Where the relay service reaches it. */
    public String relayUrl(String name) {
        return url(relayProxy, name);
    }

    private static String url(Proxy proxy, String name) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + name
                + "?user=postgres&password=postgres&sslmode=disable&gssEncMode=disable&prepareThreshold=0";
    }

    /** So many of a hundred commits from now on, the relay service's too, succeed, and their answers never come. */
    public void loseAnswers(int percentOfCommits) {
        loss.lose(CommitLoss.Kind.ANSWER_LOST, percentOfCommits);
        relayLoss.lose(CommitLoss.Kind.ANSWER_LOST, percentOfCommits);
    }

    /** So many of a hundred of the business service's commits from now on succeed a little after the connection is lost. */
    public void commitLate(int percentOfCommits) {
        loss.lose(CommitLoss.Kind.COMMIT_LATE, percentOfCommits);
    }

    /** How many of the business service's commits were struck so far. */
    public long lostCommits() {
        return loss.lost();
    }

    @Override
    public void close() {
        proxy.close();
        relayProxy.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
