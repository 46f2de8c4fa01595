package io.triggerquery.faultinjection.world;

import io.triggerquery.testbed.DurablePostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL server, which each service uses through a proxy that can lose the answers to its commits. */
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

    /** Creates an empty database of this name. */
    public void create(String name) {
        JdbcClient.create(postgres.getPostgresDatabase())
                .sql("create database \"" + name + "\"")
                .update();
    }

    /** Connects directly, without the proxy. */
    public JdbcClient direct(String name) {
        return JdbcClient.create(postgres.getDatabase("postgres", name));
    }

    /** Returns the URL for the business service. */
    public String url(String name) {
        return url(proxy, name);
    }

    /** Returns the URL for the relay service. */
    public String relayUrl(String name) {
        return url(relayProxy, name);
    }

    private static String url(Proxy proxy, String name) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + name
                + "?user=postgres&password=postgres&sslmode=disable&gssEncMode=disable&prepareThreshold=0";
    }

    /** Sets the percentage of commits, also of the relay service, that succeed without an answer from now on. */
    public void loseAnswers(int percentOfCommits) {
        loss.lose(CommitLoss.Kind.ANSWER_LOST, percentOfCommits);
        relayLoss.lose(CommitLoss.Kind.ANSWER_LOST, percentOfCommits);
    }

    /** Sets the percentage of the business service's commits that succeed after the connection is lost, from now on. */
    public void commitLate(int percentOfCommits) {
        loss.lose(CommitLoss.Kind.COMMIT_LATE, percentOfCommits);
    }

    /** Returns the number of the business service's commits that were affected. */
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
