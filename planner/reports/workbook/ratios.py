"""The measures of a monthly cash flow as formulas, wherever it stands."""

from __future__ import annotations


def rate_of_return(net: str) -> str:
    """Return the formula of the yearly rate of return of the months in a range."""
    return f'=IFERROR((1+IRR({net},0.02))^12-1,"–")'


def paid_back(so_far: str, months: str, last: int) -> str:
    """Return the formula of the months until paid back.

    Args:
        so_far: range of the running sums.
        months: range of the months' numbers.
        last: how many months there are.
    """
    return (
        f'=IF(MIN({so_far})>=0,0,IF(INDEX({so_far},1,{last})<0,"–",'
        f"SUMPRODUCT(MAX(({so_far}<0)*{months}))+1))"
    )


def most_out(so_far: str) -> str:
    """Return the formula of the most money that is out at the end of any month."""
    return f"=-MIN(0,MIN({so_far}))"


def equal_amount(worth: str, months: int) -> str:
    """Return the formula of the yearly amount that is worth as much as the cell `worth`."""
    years = f"({months}/12)"
    return (
        f"=ROUND(IF(discount_rate=0,{worth}/{years},"
        f"{worth}*discount_rate/(1-(1+discount_rate)^-{years})),0)"
    )


def ratio(benefits: str, costs: str) -> str:
    """Return the formula of present benefits over present costs, which are negative."""
    return f'=IFERROR(-{benefits}/{costs},"–")'
