package io.triggerquery.demo.billing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Issues bills and voids them. */
@RestController
@RequestMapping("/api/bills")
final class BillController {

    record NewBill(
            @NotNull @Pattern(regexp = "[0-9]{4}-(0[1-9]|1[0-2])", message = "must be a month such as 2026-11")
            String month) {}

    private final Bills bills;

    BillController(Bills bills) {
        this.bills = bills;
    }

    @PostMapping
    Bills.Issued issue(@Valid @RequestBody NewBill bill) {
        return bills.issue(bill.month());
    }

    @PostMapping("/{billId}/void")
    Bills.Voided voidBill(@PathVariable String billId) {
        if (!bills.exists(billId)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "unknown bill " + billId);
        }
        return bills.voidBill(billId);
    }
}
