package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import feign.RetryableException;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

/** The classification of failures, and the rules that precede it. */
class FailuresTest {

    private static final Request REQUEST =
            Request.create(HttpMethod.GET, "/things/a", Map.of(), null, StandardCharsets.UTF_8, null);

    private static FeignException status(int status) {
        return FeignException.errorStatus(
                "byId",
                Response.builder()
                        .status(status)
                        .request(REQUEST)
                        .headers(Map.of())
                        .build());
    }

    private static FailureKind builtIn(Throwable failure) {
        return new Failures(List.of()).kindOf(failure);
    }

    @Test
    void outagesAreUnavailable() {
        assertThat(List.of(
                        new RetryableException(-1, "no connection", HttpMethod.GET, (Long) null, REQUEST),
                        status(502),
                        status(503),
                        status(504),
                        status(429),
                        new DataAccessResourceFailureException("gone"),
                        new IllegalStateException(new SQLTransientConnectionException("pool"))))
                .allSatisfy(failure -> assertThat(builtIn(failure)).isEqualTo(FailureKind.UNAVAILABLE));
    }

    @Test
    void otherFailuresAreRetryableAndNoneIsPermanent() {
        assertThat(List.of(
                        status(400), status(404), status(500), new IllegalStateException(), new StackOverflowError()))
                .allSatisfy(failure -> assertThat(builtIn(failure)).isEqualTo(FailureKind.RETRYABLE));
    }

    @Test
    void applicationRulesApplyFirstInOrder() {
        FailureRule gone = failure ->
                failure instanceof FeignException.Gone ? Optional.of(FailureKind.PERMANENT) : Optional.empty();
        FailureRule broken = failure -> {
            throw new NoClassDefFoundError("a rule that fails");
        };
        FailureRule overload = failure -> failure instanceof FeignException answered && answered.status() == 500
                ? Optional.of(FailureKind.UNAVAILABLE)
                : Optional.empty();
        var failures = new Failures(List.of(broken, gone, overload));
        assertThat(failures.kindOf(status(410))).isEqualTo(FailureKind.PERMANENT);
        assertThat(failures.kindOf(status(500))).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failures.kindOf(status(503))).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failures.kindOf(status(400))).isEqualTo(FailureKind.RETRYABLE);
        assertThat(failures.countsAgainstSource(status(410))).isFalse();
        assertThat(failures.countsAgainstSource(status(500))).isTrue();
    }

    /** As the application's own Feign clients throw for an answer with the header Retry-After. */
    @Test
    void retryableExceptionOfFeignIsClassifiedByStatus() {
        var failures = new Failures(List.of());
        for (int status : new int[] {400, 401, 409, 429, 500, 503}) {
            var retryable = new RetryableException(status, "later", HttpMethod.GET, Long.MAX_VALUE, REQUEST);
            assertThat(failures.kindOf(retryable)).isEqualTo(failures.kindOf(status(status)));
            assertThat(failures.countsAgainstSource(retryable)).isEqualTo(failures.countsAgainstSource(status(status)));
            assertThat(Failures.isImmediatelyRetryable(retryable)).isFalse();
        }
    }

    /** A projection that reads a file fails for one id; a query whose connection breaks fails for all. */
    @Test
    void fileFailureInProjectionIsNotADatabaseOutage() {
        var failures = new Failures(List.of());
        var broken = new IllegalStateException(new IOException("the file of a is corrupt"));
        assertThat(failures.projectionSummary(broken).kind()).isEqualTo(FailureKind.RETRYABLE);
        assertThat(failures.kindOf(broken)).isEqualTo(FailureKind.UNAVAILABLE);
        var away = new CannotGetJdbcConnectionException("away", new SQLTransientConnectionException("timeout"));
        assertThat(failures.projectionSummary(away).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        var rule = new Failures(List.of(failure -> Optional.of(FailureKind.UNAVAILABLE)));
        assertThat(rule.projectionSummary(broken).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    /** Spring's own message begins with the statement, and has not contained the cause since Spring 6. */
    @Test
    void aRefusedStatementIsReportedByTheDatabasesMessageFirst() {
        var refused = new BadSqlGrammarException(
                "PreparedStatementCallback", "merge " + "x".repeat(1000), new SQLException("table billing not found"));
        assertThat(Failures.line(refused))
                .isEqualTo("org.springframework.jdbc.BadSqlGrammarException: table billing not found");
        assertThat(Failures.line(new DataAccessResourceFailureException("gone")))
                .endsWith("Exception: gone");
    }

    /** As when a connection ends within a transaction. */
    @Test
    void failedRollbackIsClassifiedByTheFailureBeforeIt() {
        var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(new DataAccessResourceFailureException(
                "ConnectionCallback", new SQLException("FATAL: terminating connection", "57P01")));
        var summary = new Failures(List.of()).projectionSummary(rollback);
        assertThat(summary.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(summary).hasMessageEndingWith("FATAL: terminating connection");
    }
}
