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
                    + " its parameter. Or provide a bean of this type.",
            "Configure that bean, and remove the settings; or remove the bean."),
    /** {@code @FeignClient}: Spring Cloud creates the client. */
    FEIGN_CLIENT(
            "@GetMapping(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Let Spring Cloud create the bean: @EnableFeignClients(clients = %s.class).",
            "Set url, connect-timeout and read-timeout below spring.cloud.openfeign.client.config.NAME, where NAME is the"
                    + " contextId or the name in @FeignClient; set credentials by a bean of type RequestInterceptor. Then"
                    + " remove these settings."),
    /** Spring MVC's annotations without {@code @FeignClient}. */
    SPRING_MVC(
            "@GetMapping(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Spring MVC's annotations are read by Spring Cloud OpenFeign: annotate the interface with @FeignClient, and"
                    + " let Spring Cloud create the bean with @EnableFeignClients(clients = %s.class). Without Spring"
                    + " Cloud, use Spring's @HttpExchange, or Feign's own annotations @RequestLine and @Param.",
            "Configure that bean, and remove the settings."),
    /** {@code @HttpExchange}: Spring creates the client. */
    HTTP_EXCHANGE(
            "@GetExchange(\"/api/billings/{id}\") Billing byId(@PathVariable(\"id\") String id);",
            "Let Spring create the bean: @ImportHttpServices(group = \"%2$s\", types = %1$s.class) on a configuration"
                    + " class. Its address is then the property spring.http.serviceclient.%2$s.base-url. Without a group"
                    + " it is spring.http.serviceclient.default.base-url.",
            "Set base-url, connect-timeout and read-timeout below spring.http.serviceclient.GROUP, where GROUP is the"
                    + " group in @ImportHttpServices, or 'default'; set everything else by a bean of type"
                    + " RestClientHttpServiceGroupConfigurer. Then remove these settings."),
    /** A class of the application. */
    CLASS(
            "Billing byId(String id) { ... }",
            "Declare %s as a bean, for example with @Component.",
            "Configure the client that it uses, and remove these settings.");

    private final String example;
    private final String beanAdvice;
    private final String settingsAdvice;

    SourceStyle(String example, String beanAdvice, String settingsAdvice) {
        this.example = example;
        this.beanAdvice = beanAdvice;
        this.settingsAdvice = settingsAdvice;
    }

    /**
     * Checks that a client bean encodes ids. Spring Cloud's contract leaves {@code /} and {@code %} in paths as they
     * are, so that such an id would be another path.
     *
     * @param part the part of the client because of which it is called as it is, or empty
     * @throws FailureAnalyzedException if the listener permits ids that the client would not encode
     */
    public static void checkIds(SourceMethods methods, boolean unicodeIds, String part) {
        SourceStyle style = of(methods.type());
        if (unicodeIds && (style == FEIGN_CLIENT || style == SPRING_MVC)) {
            throw new FailureAnalyzedException(
                    "The listener of the source '" + methods.sourceName()
                            + "' permits Unicode ids, but the source's client is a bean of type "
                            + methods.type().getName()
                            + (part.isEmpty() ? "" : ", which is called as it is because of " + part)
                            + ". Spring Cloud OpenFeign does not encode '/' and '%' in paths.",
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

    String beanAdvice(Class<?> type, String sourceName) {
        return beanAdvice.formatted(type.getSimpleName(), sourceName);
    }

    /** Returns what to set instead of the settings of a source whose client is a bean. */
    String settingsAdvice() {
        return settingsAdvice;
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
                        style.beanAdvice(source.type(), source.sourceName())));
    }
}
