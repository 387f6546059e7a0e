"""Passes: each looks for one pattern in a plan's layout and puts something faster in its place."""

from __future__ import annotations

from dataclasses import replace

from engine.plan.convolution import ConvReluPool
from engine.plan.elementwise import Relu
from engine.plan.linear import Affine, HiddenAffine
from engine.plan.loss import SoftmaxWithLoss
from engine.plan.pixels import Gather, PixelAffine
from engine.plan.shape import Reshape
from engine.plan.site import Layout, Pass, Site


def pixels_by_column(layout: Layout) -> Layout:
    """Affine on an input that is fed with bytes: only the lit columns, the bias as one more row of W."""
    for site in layout.sites:
        if site.kernel is not Affine:
            continue
        x, W, b = site.inputs
        table = layout.tables.get(x)
        if table is None or table.scale is None or table.rows.dtype != "uint8" or x in layout.wrt:
            continue
        alone = len(layout.users(x)) == len(layout.users(b)) == 1 and _only_summed(layout, W, site)
        if not alone or not {W, b} <= layout.wrt:
            continue
        new = replace(site, kernel=PixelAffine, inputs=(W, b), attrs={"table": table})
        return replace(layout.replacing(site, new=new), stacked=((W, b),))
    return layout


def tables_gathered(layout: Layout) -> Layout:
    """Every other input that is fed from a table gets a site that takes its rows."""
    gathers = tuple(
        Site(name, "gather", Gather, (), {"table": table})
        for name, table in layout.tables.items()
        if layout.users(name)
    )
    return replace(layout, sites=gathers + layout.sites)


def conv_relu_pool(layout: Layout) -> Layout:
    """Convolution, ReLU and pooling of windows side by side become one kernel, its images with the batch last."""
    for conv in layout.sites:
        relu = layout.only_user(conv.id)
        pool = relu and layout.only_user(relu.id)
        if not (relu and pool and (conv.op, relu.op, pool.op) == ("conv", "relu", "pool")):
            continue
        if conv.attrs["stride"] != 1 or conv.attrs["pad"] or pool.attrs["size"] != pool.attrs["stride"]:
            continue
        new = Site(pool.id, "conv-relu-pool", ConvReluPool, conv.inputs, {"size": pool.attrs["size"]})
        x = conv.inputs[0]
        turned = {pool.id, x} - layout.wrt if layout.only_user(x) else {pool.id}
        layout = replace(layout.replacing(conv, relu, pool, new=new), batch_last=layout.batch_last | turned)
    return layout


def views(layout: Layout) -> Layout:
    """A new shape of a value that nobody else reads is no step: the same memory, looked at otherwise."""
    for site in layout.sites:
        if site.kernel is not Reshape or site.id == layout.graph.output:
            continue
        (source,) = site.inputs
        made, old, new = layout.site(source), layout.shapes[source], layout.shapes[site.id]
        if made is None or layout.only_user(source) is None or made.id in layout.shared or not old or not new:
            continue
        turned = source in layout.batch_last
        if turned and old[0] != new[0]:
            continue
        layout = replace(layout.replacing(site, new=None), shared={**layout.shared, site.id: source})
        if turned:
            layout = replace(layout, batch_last=layout.batch_last | {site.id})
    return layout


def classes_first(layout: Layout) -> Layout:
    """Logits are stored class by class: softmax then sums along rows as long as the batch."""
    logits = {site.inputs[0] for site in layout.sites if site.kernel is SoftmaxWithLoss}
    made = {name for name in logits if layout.site(name) is not None and name not in layout.shared}
    return replace(layout, batch_last=layout.batch_last | made)


def relu_in_place(layout: Layout) -> Layout:
    """ReLU writes over the product it reads, where nobody else reads that."""
    shared = {
        site.id: site.inputs[0]
        for site in layout.sites
        if site.kernel is Relu
        and (made := layout.site(site.inputs[0])) is not None
        and made.kernel in (Affine, PixelAffine)
        and layout.only_user(made.id)
        and site.id != layout.graph.output
        and site.id not in layout.shared.values()
    }
    return replace(layout, shared={**layout.shared, **shared})


def bias_as_row(layout: Layout) -> Layout:
    """Affine on what ReLU left in place of a product: ones behind its values meet the bias, as one more row of W."""
    for site in layout.sites:
        if site.kernel is not Affine:
            continue
        x, W, b = site.inputs
        relu, taken = layout.site(x), {name for pair in layout.stacked for name in pair}
        if relu is None or relu.kernel is not Relu or x not in layout.shared or layout.only_user(x) is None:
            continue
        if not {W, b} <= layout.wrt - taken:
            continue
        layout = layout.replacing(site, new=replace(site, kernel=HiddenAffine))
        with_ones = layout.with_ones | {layout.shared[x]}
        layout = replace(layout, stacked=(*layout.stacked, (W, b)), with_ones=with_ones)
    return layout


def _only_summed(layout: Layout, W: str, site: Site) -> bool:
    """Whether W's other uses are sums of squares, for which the order of its rows does not matter."""
    others = [user for user in layout.users(W) if user is not site]
    return len(layout.users(W)) == len(others) + 1 and all(
        user.op == "square"
        and all(after.op == "sum" and after.attrs.get("axis") is None for after in layout.users(user.id))
        for user in others
    )


PASSES: tuple[Pass, ...] = (
    pixels_by_column,
    tables_gathered,
    conv_relu_pool,
    relu_in_place,
    bias_as_row,
    views,
    classes_first,
)
