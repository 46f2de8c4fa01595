package io.triggerquery.demo.payment;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/** The data of a payment to create. */
record NewPayment(
        @NotBlank @Size(max = 200) @Pattern(regexp = PaymentQuery.PRINTABLE, message = PaymentQuery.NOT_PRINTABLE)
        String payer,

        @NotNull @DecimalMin("0.01") @Digits(integer = 17, fraction = 2)
        BigDecimal amount,

        @NotNull @Pattern(regexp = "[A-Za-z]{3}", message = "must be three letters, such as EUR")
        String currency) {}
