package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.internal.query.FailedCall.Answer;
import io.triggerquery.consumer.internal.query.FailedCall.Unanswered;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.retry.RetryException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.UnknownContentTypeException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** The exceptions of each client and their wrappers. */
class FailedCallsTest {

    private static HttpClientErrorException notFound() {
        var headers = new HttpHeaders();
        headers.set("trigger-query-absent", " 17 ");
        return HttpClientErrorException.create(
                "404 on http://user:s3cret@host/a?key=s3cret", HttpStatus.NOT_FOUND, "", headers, new byte[0], null);
    }

    private static UnknownContentTypeException unknownType(MediaType type, String body) {
        var headers = new HttpHeaders();
        headers.setContentType(type);
        return new UnknownContentTypeException(
                String.class, type, HttpStatus.OK, "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void springClientsFuturesAndProxiesAreClassifiedLikeFeign() {
        var reactive = WebClientResponseException.create(404, "", notFound().getResponseHeaders(), new byte[0], null);
        assertThat(List.of(
                        notFound(),
                        reactive,
                        new CompletionException(new ExecutionException(notFound())),
                        new UndeclaredThrowableException(notFound()),
                        new RetryException("exhausted", notFound())))
                .allSatisfy(failure -> {
                    assertThat(new Failures(List.of()).absence(failure, Absence.HEADER))
                            .isEqualTo(OptionalLong.of(17));
                    assertThat(new Failures(List.of()).countsAgainstSource(failure))
                            .isFalse();
                });
        assertThat(FailedCalls.of(new ResponseStatusException(HttpStatus.GONE)))
                .isInstanceOfSatisfying(
                        Answer.class, answer -> assertThat(answer.status()).isEqualTo(410));
    }

    /** As when the service that issues tokens has another address. */
    @Test
    void answerOfAnotherServiceIsNotAnAnswerOfTheSource() {
        var failure = new IllegalStateException("no token", notFound());
        assertThat(FailedCalls.of(failure)).isEqualTo(Unanswered.UNKNOWN);
        assertThat(new Failures(List.of()).absence(failure, Absence.NOT_FOUND)).isNull();
        assertThat(new Failures(List.of()).countsAgainstSource(failure)).isTrue();
    }

    @Test
    void connectionFailureAnywhereInCausesMeansNoAnswer() {
        assertThat(List.of(
                        new ConnectException("refused"),
                        new HttpConnectTimeoutException("connect"),
                        new IOException("HTTP/1.1 header parser received no bytes"),
                        new UncheckedIOException(new SocketTimeoutException("read")),
                        new IllegalStateException("my client failed", new SocketTimeoutException("read")),
                        new IllegalStateException("Timeout on blocking read", new TimeoutException()),
                        new ResourceAccessException("I/O error"),
                        new RestClientException("Error while extracting", new IOException("closed")),
                        new WebClientRequestException(
                                new ConnectException(), HttpMethod.GET, URI.create("http://host"), new HttpHeaders())))
                .allSatisfy(failure -> {
                    assertThat(FailedCalls.of(failure)).isEqualTo(Unanswered.NO_ANSWER);
                    assertThat(Failures.isImmediatelyRetryable(failure)).isTrue();
                });
    }

    @Test
    void fileContentAndDatabaseFailuresAreNotConnectionFailures() {
        assertThat(List.of(
                        new FileNotFoundException("a"),
                        new UncheckedIOException(new MalformedInputException(1)),
                        new SQLException("stream", "22000", new IOException("closed")),
                        new IllegalStateException("mine")))
                .allSatisfy(failure -> assertThat(FailedCalls.of(failure)).isEqualTo(Unanswered.UNKNOWN));
    }

    @Test
    void refusalByApplicationClientConcernsEveryIdAndIsNotRepeated() {
        assertThat(List.of(
                        CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("its own")),
                        BulkheadFullException.createBulkheadFullException(Bulkhead.ofDefaults("its own")),
                        new RejectedExecutionException("all threads busy"),
                        new CompletionException(new RejectedExecutionException("all threads busy"))))
                .allSatisfy(failure -> {
                    assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
                    assertThat(Failures.isImmediatelyRetryable(failure)).isFalse();
                    assertThat(new Failures(List.of()).countsAgainstSource(failure))
                            .isTrue();
                });
    }

    @Test
    void htmlPageIsRecognizedByContentTypeOrFirstCharacter() {
        assertThat(List.of(
                        unknownType(MediaType.TEXT_HTML, ""),
                        unknownType(MediaType.TEXT_PLAIN, "\n <html>"),
                        unknownType(MediaType.APPLICATION_XML, "<error/>")))
                .allSatisfy(failure -> assertThat(FailedCalls.of(failure)).isEqualTo(Unanswered.PAGE));
        assertThat(FailedCalls.of(unknownType(MediaType.APPLICATION_OCTET_STREAM, "")))
                .as("what RestClient throws for an empty body without a content type")
                .isInstanceOfSatisfying(
                        Answer.class, answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void messagesContainNeitherPasswordNorQueryString() {
        assertThat(Failures.line(notFound())).doesNotContain("s3cret").contains("http://host/a");
    }

    @Test
    void messagesContainNothingOfUnreadableAnswer() {
        for (Class<?> type : List.of(int.class, List.class)) {
            assertThatThrownBy(() -> JsonMapper.shared().readValue("s3cret", type))
                    .satisfies(unreadable -> assertThat(Failures.line(new DecodingException(
                                    "JSON decoding error: " + unreadable.getMessage(), unreadable)))
                            .contains("JSON decoding error: unreadable content")
                            .doesNotContain("s3cret"));
        }
    }
}
