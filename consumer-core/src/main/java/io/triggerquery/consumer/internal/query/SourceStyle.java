package io.triggerquery.consumer.internal.query;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.annotation.MergedAnnotations;

/** The kind of client that a source's type is written for, which decides what is advised when it does not work. */
public enum SourceStyle {
    /** Feign's own annotations: the client is created from the interface. */
    FEIGN(
            "@RequestLine(\"GET /api/billings/{id}\") Billing byId(@Param(\"id\") String id);",
            "Use Feign's own annotations: @RequestLine(\"GET /api/billings/{id}\") on the method and @Param(\"id\") on"
                    + " its parameter. Or provide a bean of this type."),
    /** {@code @FeignClient}: Spring Cloud creates the client. */
    FEIGN_CLIENT(
            "@GetMapping(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Let Spring Cloud create the bean: @EnableFeignClients(clients = %s.class)."),
    /** Spring MVC's annotations without {@code @FeignClient}. */
    SPRING_MVC(
            "@GetMapping(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Spring MVC's annotations are read by Spring Cloud OpenFeign: annotate the interface with @FeignClient, and"
                    + " let Spring Cloud create the bean with @EnableFeignClients(clients = %s.class). Without Spring"
                    + " Cloud, use Spring's @HttpExchange, or Feign's own annotations @RequestLine and @Param."),
    /** {@code @HttpExchange}: Spring creates the client. */
    HTTP_EXCHANGE(
            "@GetExchange(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Let Spring create the bean: @ImportHttpServices(types = %s.class) on a configuration class. Its address is"
                    + " the property spring.http.serviceclient.default.base-url."),
    /** A class of the application. */
    CLASS("Billing byId(String id) { ... }", "Declare %s as a bean, for example with @Component.");

    private final String example;
    private final String beanAdvice;

    SourceStyle(String example, String beanAdvice) {
        this.example = example;
        this.beanAdvice = beanAdvice;
    }

    /**
     * Checks that a client bean encodes ids. Spring Cloud's contract leaves {@code /} and {@code %} in paths as they
     * are, so that such an id would be another path.
     *
     * @throws FailureAnalyzedException if the listener permits ids that the client would not encode
     */
    public static void checkIds(SourceMethods methods, boolean unicodeIds) {
        SourceStyle style = of(methods.type());
        if (unicodeIds && (style == FEIGN_CLIENT || style == SPRING_MVC)) {
            throw new FailureAnalyzedException(
                    "The listener of the source '" + methods.sourceName() + "' permits Unicode ids, but "
                            + methods.type().getName()
                            + " is a client of Spring Cloud OpenFeign, which does not encode '/' and '%' in paths.",
                    "Query the source by another client, for example by a bean of type SourceQuery that encodes the id, or"
                            + " switch unicode-ids off.");
        }
    }

    /** Recognizes the style by the annotations, whose classes may be missing. */
    static SourceStyle of(Class<?> type) {
        if (!type.isInterface()) {
            return CLASS;
        }
        if (isPresent(type, "org.springframework.cloud.openfeign.FeignClient")) {
            return FEIGN_CLIENT;
        }
        if (isPresent(type, "org.springframework.web.service.annotation.HttpExchange")) {
            return HTTP_EXCHANGE;
        }
        return isPresent(type, "org.springframework.web.bind.annotation.RequestMapping") ? SPRING_MVC : FEIGN;
    }

    private static boolean isPresent(Class<?> type, String annotation) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getMethods()))
                .anyMatch(element -> MergedAnnotations.from(element).isPresent(annotation));
    }

    String exampleAdvice() {
        return "Declare one such method, for example: " + example;
    }

    String beanAdvice(Class<?> type) {
        return beanAdvice.formatted(type.getSimpleName());
    }

    /**
     * Returns the failure of a source without a bean, or empty if its client is created from the interface.
     *
     * @param source the source
     */
    public static Optional<FailureAnalyzedException> missingBean(SourceMethods source) {
        SourceStyle style = of(source.type());
        return style == FEIGN
                ? Optional.empty()
                : Optional.of(new FailureAnalyzedException(
                        "There is no bean of the source " + source.type().getName() + ".",
                        style.beanAdvice(source.type())));
    }
}
