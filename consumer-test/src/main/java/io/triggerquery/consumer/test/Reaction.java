package io.triggerquery.consumer.test;

import feign.FeignException;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reaction of a scripted source to a query of an id. */
sealed interface Reaction {

    /** Answers with the state. */
    record Answer(Object state) implements Reaction {}

    /**
     * Answers that the id does not exist.
     *
     * @param header the value of the header of absence, or null if there is none
     */
    record Absent(@Nullable String header) implements Reaction {

        RuntimeException failure(String id) {
            return http(id, 404, header == null ? Map.of() : Map.of("Trigger-Query-Absent", List.of(header)));
        }
    }

    /** Fails, with a new exception each time. */
    record Failure(Supplier<RuntimeException> failure) implements Reaction {

        static Failure ofStatus(String id, int status) {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        status + " is not an HTTP status of a failure. Use one from 400 to 599.");
            }
            return new Failure(() -> http(id, status, Map.of()));
        }
    }

    private static RuntimeException http(String id, int status, Map<String, Collection<String>> headers) {
        Request request = Request.create(
                Request.HttpMethod.GET, "http://scripted-source/" + id, Map.of(), null, StandardCharsets.UTF_8, null);
        return FeignException.errorStatus(
                "scripted",
                Response.builder()
                        .request(request)
                        .status(status)
                        .reason("as scripted")
                        .headers(headers)
                        .build());
    }
}
