"""Figures of a period on a page, as a document and as a workbook; fixing the report of a year."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tandem.clock import now
from tandem.errors import NotFound
from tandem.extensions import db
from tandem.services import documents, reports
from tandem.services.programmes import today
from tandem.services.reports import Period, Preset, Told
from tandem.web import languages
from tandem.web.access import Access, access
from tandem.web.files import pdf_file, table_file
from tandem.web.identity import signed_in_account
from tandem.web.reports import district, sections, wording
from tandem.web.reports import documents as pictures
from tandem.web.reports.forms import FixForm, PeriodForm
from tandem.web.scope import current_programme

bp = Blueprint("reports", __name__, url_prefix="/<slug>/reports")


@bp.get("/")
@access(Access.COORDINATOR)
def index() -> ResponseReturnValue:
    """Show the figures of a period; of this year, where none is chosen."""
    form = PeriodForm(request.args) if request.args.keys() & {"first", "last"} else None
    if form is not None and not form.validate():
        return _page(_usual(Preset.THIS_YEAR), form), 422
    period = form.to_period() if form else _usual(Preset.THIS_YEAR)
    return _page(period, form or PeriodForm.showing(period))


@bp.post("/")
@access(Access.COORDINATOR)
def fix() -> ResponseReturnValue:
    """Fix the report of a year that is over."""
    form = FixForm()
    if not form.validate_on_submit():
        return _page(_usual(Preset.THIS_YEAR), PeriodForm.showing(_usual(Preset.THIS_YEAR))), 422
    year = form.to_year()
    try:
        reports.fix_year(db.session, year, programme=current_programme(), actor=signed_in_account())
    except reports.YearNotOver:
        flash(_("A report can be made final only once its year is over."), "warning")
        return redirect(url_for(".index"), 303)
    flash(_("The report of %(year)s is final and stays as it is.", year=year), "success")
    return redirect(_address(reports.whole_year(year)), 303)


@bp.get("/report.pdf")
@access(Access.COORDINATOR)
def document() -> ResponseReturnValue:
    """Hand the report of a period out as a tagged PDF."""
    told = _chosen()
    said = pictures.document(told, current_programme())
    made_at = told.fixed_at or now()
    locale = languages.locale_code()
    made = documents.render("yearly_report", said, locale=locale, made_at=made_at)
    return pdf_file(_file_name(told.period), made, language=locale)


@bp.get("/figures.xlsx")
@access(Access.COORDINATOR)
def workbook() -> ResponseReturnValue:
    """Hand the figures of a period out, a table on each sheet."""
    told = _chosen()
    return table_file(_file_name(told.period), pictures.workbook(told, current_programme()))


def _page(period: Period, form: PeriodForm) -> str:
    programme = current_programme()
    told = _tell(period)
    tables = {table.code: table for table in sections.tell(told)}
    return render_template(
        "reports/index.html",
        told=told,
        form=form,
        fix_form=FixForm(formdata=None),
        tables=tables,
        district=district.draw(told, programme),
        pictures=pictures,
        wording=wording,
        days=_days(period),
        presets=[
            (label, _address(_usual(kind)), _usual(kind) == period)
            for kind, label in wording.PRESETS.items()
        ],
        fixed=[
            (year, _days(reports.whole_year(year)))
            for year in reports.list_fixed(db.session, programme=programme)
        ],
    )


def _chosen() -> Told:
    """Return the figures of the period in the address."""
    form = PeriodForm(request.args)
    if not form.validate():
        raise NotFound
    return _tell(form.to_period())


def _tell(period: Period) -> Told:
    return reports.tell(
        db.session, period, programme=current_programme(), actor=signed_in_account()
    )


def _usual(kind: Preset) -> Period:
    return reports.preset(kind, today(current_programme()))


def _address(period: Period) -> str:
    return url_for(".index", first=period.first.isoformat(), last=period.last.isoformat())


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _file_name(period: Period) -> str:
    if period.year is not None:
        return f"report-{period.year}"
    return f"report-{period.first.isoformat()}-{period.last.isoformat()}"
